#include "http/gathered_text.hpp"

#include <charconv>

namespace weft {

GatheredText& GatheredText::beyond_room(std::string_view text) {
    hand_on();
    if (text.size() <= room()) return raw(text);
    out_ += text;
    return *this;
}

GatheredText& GatheredText::number(std::uint64_t value, int base) {
    constexpr std::size_t most_digits = 20;  // 2^64 has so many
    if (room() < most_digits) hand_on();
    if (value < 10) {
        text_[size_++] = static_cast<char>('0' + value);
        return *this;
    }
    char* const begin = text_.data() + size_;
    const char* const end = std::to_chars(begin, begin + most_digits, value, base).ptr;
    size_ += static_cast<std::size_t>(end - begin);
    return *this;
}

}  // namespace weft
