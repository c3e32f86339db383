#include "telemetry/json_line.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace weft {
namespace {

constexpr std::string_view cut_mark = "...";

constexpr bool is_continuation(unsigned char byte) noexcept { return (byte & 0xc0) == 0x80; }

unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// The length of the valid UTF-8 sequence of two to four bytes at the start of `text`, or 0 (RFC
// 3629 section 4). C1 controls (U+0080 to U+009F) count as invalid: terminals obey them.
std::size_t sequence_length(std::string_view text) noexcept {
    const unsigned char first = byte_at(text, 0);
    const unsigned char second = byte_at(text, 1);
    if (!is_continuation(second)) return 0;
    if (first >= 0xc2 && first <= 0xdf) return first == 0xc2 && second < 0xa0 ? 0 : 2;
    if (!is_continuation(byte_at(text, 2))) return 0;
    if (first == 0xe0) return second >= 0xa0 ? 3 : 0;
    if (first == 0xed) return second <= 0x9f ? 3 : 0;
    if (first >= 0xe1 && first <= 0xef) return 3;
    if (!is_continuation(byte_at(text, 3))) return 0;
    if (first == 0xf0) return second >= 0x90 ? 4 : 0;
    if (first == 0xf4) return second <= 0x8f ? 4 : 0;
    return first >= 0xf1 && first <= 0xf3 ? 4 : 0;
}

void append_escaped_byte(std::string& out, unsigned char byte) {
    constexpr std::string_view hex = "0123456789abcdef";
    if (byte == '"' || byte == '\\') {
        out += '\\';
        out += static_cast<char>(byte);
        return;
    }
    out += "\\u00";
    out += hex[byte >> 4];
    out += hex[byte & 0x0f];
}

// A cut never splits a character: it may leave up to three bytes less.
std::string_view cut(std::string_view text) noexcept {
    std::size_t end = max_logged_text;
    for (int back = 0; back < 3 && is_continuation(byte_at(text, end)); ++back) --end;
    return text.substr(0, is_continuation(byte_at(text, end)) ? max_logged_text : end);
}

void append_escaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const auto special = std::ranges::find_if_not(text, is_plain_in_log);
        const auto plain = static_cast<std::size_t>(special - text.begin());
        out.append(text, 0, plain);
        text.remove_prefix(plain);
        if (text.empty()) return;
        const std::size_t length = sequence_length(text);
        if (length == 0) append_escaped_byte(out, static_cast<unsigned char>(text.front()));
        out.append(text, 0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
}

}  // namespace

void append_logged_text(std::string& out, std::string_view text) {
    out += '"';
    if (text.size() <= max_logged_text) {
        append_escaped(out, text);
    } else {
        append_escaped(out, cut(text));
        out += cut_mark;
    }
    out += '"';
}

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    append_escaped(out, text);
    out += '"';
}

void append_number(std::string& out, std::uint64_t value) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

}  // namespace weft
