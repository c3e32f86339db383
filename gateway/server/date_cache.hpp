// The line of the Date field, formatted once a second.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

namespace weft {

class DateCache {
  public:
    // "Date: " and `now` as in RFC 9110 section 5.6.7 (IMF-fixdate). The view holds until the next
    // call.
    std::string_view line_at(std::time_t now);

  private:
    std::time_t second_ = -1;
    std::string text_;
};

}  // namespace weft
