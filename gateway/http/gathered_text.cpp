#include "http/gathered_text.hpp"

#include <cstring>

namespace weft {
namespace {

constexpr std::size_t most_digits = 20;  // 2^64 has so many

}  // namespace

GatheredText& GatheredText::beyond_room(std::string_view text) {
    hand_on();
    if (text.size() <= room()) return raw(text);
    out_ += text;
    return *this;
}

// Most numbers have few digits, for which std::to_chars() takes twice as long. What is copied is
// always as much as the largest number takes, which is three moves.
GatheredText& GatheredText::long_number(std::uint64_t value) {
    if (room() < most_digits) beyond_room({});
    std::array<char, 2 * most_digits> digits{};
    auto first = most_digits;
    do {
        digits[--first] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    std::memcpy(text_.data() + size_, digits.data() + first, most_digits);
    size_ += most_digits - first;
    return *this;
}

}  // namespace weft
