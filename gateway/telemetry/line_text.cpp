#include "telemetry/line_text.hpp"

#include <algorithm>
#include <charconv>

#include "telemetry/json_line.hpp"

namespace weft {

LineText& LineText::number(std::uint64_t value) {
    constexpr std::size_t most_digits = 20;
    if (room() < most_digits) hand_on();
    char* const begin = text_.data() + size_;
    size_ += static_cast<std::size_t>(std::to_chars(begin, begin + most_digits, value).ptr - begin);
    return *this;
}

LineText& LineText::foreign(std::string_view text) {
    if (text.size() <= max_logged_text && std::ranges::all_of(text, is_plain_in_log)) {
        return raw("\"").raw(text).raw("\"");
    }
    hand_on();
    append_logged_text(out_, text);
    return *this;
}

void LineText::hand_on() {
    out_.append(text_.data(), size_);
    size_ = 0;
}

}  // namespace weft
