#include "unit/json/comparable.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace weft {

namespace {

constexpr std::string_view number_bytes = "0123456789+-.eE";

template <class Integer>
bool fits(std::string_view number) {
    Integer value{};
    return std::from_chars(number.data(), number.data() + number.size(), value).ec == std::errc{};
}

bool remove_digits(std::string_view& text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(digits);
    return digits != 0;
}

bool remove_one_of(std::string_view& text, std::string_view bytes) {
    if (text.empty() || bytes.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

bool is_number(std::string_view word) {
    remove_one_of(word, "-");
    if (!remove_one_of(word, "0") && !remove_digits(word)) return false;
    if (remove_one_of(word, ".") && !remove_digits(word)) return false;
    if (!remove_one_of(word, "eE")) return word.empty();
    remove_one_of(word, "+-");
    return remove_digits(word) && word.empty();
}

// Of what is a number; anything else stays as it is.
bool out_of_range(std::string_view word) {
    const bool integer = word.find_first_of(".eE") == std::string_view::npos;
    if (integer && word.size() < 19) return false;
    if (!is_number(word)) return false;
    if (!integer) return std::isinf(std::strtod(std::string{word}.c_str(), nullptr));
    return word.front() == '-' ? !fits<std::int64_t>(word) : !fits<std::uint64_t>(word);
}

// The code of the escape \uXXXX that `text` begins with; 0 if it begins with anything else.
std::uint32_t escaped_code(std::string_view text) {
    if (!text.starts_with("\\u") || text.size() < 6) return 0;
    std::uint32_t code = 0;
    const auto parsed = std::from_chars(text.data() + 2, text.data() + 6, code, 16);
    return parsed.ptr == text.data() + 6 ? code : 0;
}

// How many bytes stand for one character, and what to write for them.
struct Piece {
    std::size_t size;
    std::string_view written;
};

Piece piece_of_string(std::string_view rest) {
    if (rest.front() == '\0') return {1, "\x01"};
    if (rest.front() != '\\') return {1, rest.substr(0, 1)};
    const std::uint32_t code = escaped_code(rest);
    if (code < 0xD800 || code >= 0xE000)
        return {std::min<std::size_t>(2, rest.size()), rest.substr(0, 2)};
    const std::uint32_t next = escaped_code(rest.substr(6));
    const bool pair = code < 0xDC00 && next >= 0xDC00 && next < 0xE000;
    return pair ? Piece{12, rest.substr(0, 12)} : Piece{6, "\\u0041"};
}

Piece piece_outside(std::string_view rest) {
    if (rest.front() == '\0') return {1, "\x01"};
    const std::string_view word = rest.substr(0, rest.find_first_not_of(number_bytes));
    if (word.empty()) return {1, rest.substr(0, 1)};
    return {word.size(), out_of_range(word) ? "7" : word};
}

}  // namespace

std::string comparable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    if (text.starts_with("\xEF\xBB\xBF")) {
        result = "\x01";
        text.remove_prefix(1);
    }
    bool in_string = false;
    while (!text.empty()) {
        if (text.front() == '"') in_string = !in_string;
        const Piece piece = in_string ? piece_of_string(text) : piece_outside(text);
        result += piece.written;
        text.remove_prefix(piece.size);
    }
    return result;
}

}  // namespace weft
