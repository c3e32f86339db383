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

// Most numbers have few digits, for which std::to_chars() takes twice as long: up to four come from
// a table, and what is copied is always four.
GatheredText& GatheredText::long_number(std::uint64_t value) {
    if (value >= 10'000) return longest_number(value);
    if (room() < most_digits) beyond_room({});
    std::array<char, 8> digits{};
    std::memcpy(digits.data(), digit_pairs.data() + 2 * (value / 100), 2);
    std::memcpy(digits.data() + 2, digit_pairs.data() + 2 * (value % 100), 2);
    const std::size_t zeros =
        std::size_t{value < 1000} + std::size_t{value < 100} + std::size_t{value < 10};
    std::memcpy(text_.data() + size_, digits.data() + zeros, 4);
    size_ += 4 - zeros;
    return *this;
}

// What is copied is always as much as the largest number takes, which is three moves.
GatheredText& GatheredText::longest_number(std::uint64_t value) {
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
