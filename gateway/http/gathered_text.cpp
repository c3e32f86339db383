#include "http/gathered_text.hpp"

#include <cstring>

namespace weft {
namespace {

constexpr std::size_t most_digits = 20;  // 2^64 has so many

constexpr auto digit_pairs = [] {
    std::array<char, 200> pairs{};
    for (std::size_t i = 0; i < 100; ++i) {
        pairs[2 * i] = static_cast<char>('0' + i / 10);
        pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return pairs;
}();

}  // namespace

GatheredText& GatheredText::beyond_room(std::string_view text) {
    hand_on();
    if (text.size() <= room()) return raw(text);
    out_ += text;
    return *this;
}

// Most numbers have two to four digits, for which std::to_chars() takes three times as long.
GatheredText& GatheredText::long_number(std::uint64_t value) {
    if (value < 10 || value >= 10'000 || room() < 4) return any_number(value);
    const auto number = static_cast<unsigned>(value);
    if (number >= 1000) {
        pair(number / 100);
    } else if (number >= 100) {
        text_[size_++] = static_cast<char>('0' + number / 100);
    }
    pair(number % 100);
    return *this;
}

void GatheredText::pair(unsigned value) noexcept {
    std::memcpy(text_.data() + size_, digit_pairs.data() + 2 * value, 2);
    size_ += 2;
}

// What is copied is always as much as the largest number takes, which is three moves.
GatheredText& GatheredText::any_number(std::uint64_t value) {
    if (room() < most_digits) hand_on();
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
