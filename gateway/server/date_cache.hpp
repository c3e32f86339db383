// The value of the Date field, formatted once a second.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

namespace weft {

class DateCache {
  public:
    // RFC 9110 section 5.6.7 (IMF-fixdate), of `now`. The view holds until the next call.
    std::string_view at(std::time_t now);

  private:
    std::time_t second_ = -1;
    std::string text_;
};

}  // namespace weft
