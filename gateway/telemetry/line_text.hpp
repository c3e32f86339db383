// The text of a log line, put together cheaply.
#pragma once

#include <string_view>

#include "http/gathered_text.hpp"

namespace weft {

class LineText : public GatheredText {
  public:
    using GatheredText::GatheredText;

    [[gnu::always_inline]] LineText& raw(std::string_view text) {
        GatheredText::raw(text);
        return *this;
    }
    LineText& number(std::uint64_t value) {
        GatheredText::number(value);
        return *this;
    }
    // As append_logged_text().
    LineText& foreign(std::string_view text);

  private:
    [[gnu::noinline]] LineText& escaped(std::string_view text);
};

}  // namespace weft
