#include "json/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "json/plain_run.hpp"
#include "json/utf8.hpp"

namespace weft {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

std::uint32_t hex_value(char c) noexcept {
    if (c <= '9') return static_cast<std::uint32_t>(c - '0');
    return static_cast<std::uint32_t>((c | 0x20) - 'a' + 10);
}

std::uint32_t four_hex(std::string_view digits) noexcept {
    std::uint32_t code = 0;
    for (const char c : digits.substr(0, 4)) code = code << 4 | hex_value(c);
    return code;
}

// A piece of a string after decoding: one character at least.
struct Decoded {
    std::array<char, 4> bytes{};
    std::uint8_t size = 0;  // 0: half of a surrogate pair
    std::uint8_t used = 0;  // bytes of the JSON text
};

Decoded encode(std::uint32_t code, std::uint8_t used) noexcept {
    const auto tail = [code](int shift) {
        return static_cast<char>(0x80U | (code >> shift & 0x3FU));
    };
    if (code < 0x80) return {{static_cast<char>(code)}, 1, used};
    if (code < 0x800) return {{static_cast<char>(0xC0U | code >> 6), tail(0)}, 2, used};
    if (code < 0x10000) {
        return {{static_cast<char>(0xE0U | code >> 12), tail(6), tail(0)}, 3, used};
    }
    return {{static_cast<char>(0xF0U | code >> 18), tail(12), tail(6), tail(0)}, 4, used};
}

constexpr bool is_high_surrogate(std::uint32_t code) noexcept {
    return code >= 0xD800 && code < 0xDC00;
}
constexpr bool is_low_surrogate(std::uint32_t code) noexcept {
    return code >= 0xDC00 && code < 0xE000;
}

// RFC 8259 section 7: characters beyond U+FFFF are written as two escapes. `escape` begins with \u.
Decoded decode_unicode_escape(std::string_view escape) noexcept {
    const std::uint32_t code = four_hex(escape.substr(2));
    if (is_low_surrogate(code)) return {{}, 0, 6};
    if (!is_high_surrogate(code)) return encode(code, 6);
    if (escape.size() < 12 || escape.substr(6, 2) != "\\u") return {{}, 0, 6};
    const std::uint32_t low = four_hex(escape.substr(8));
    if (!is_low_surrogate(low)) return {{}, 0, 6};
    return encode(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00), 12);
}

// `escape` begins with a backslash and is valid.
Decoded decode_escape(std::string_view escape) noexcept {
    switch (escape[1]) {
        case 'u':
            return decode_unicode_escape(escape);
        case 'b':
            return {{'\b'}, 1, 2};
        case 'f':
            return {{'\f'}, 1, 2};
        case 'n':
            return {{'\n'}, 1, 2};
        case 'r':
            return {{'\r'}, 1, 2};
        case 't':
            return {{'\t'}, 1, 2};
        default:
            return {{escape[1]}, 1, 2};
    }
}

std::string_view without_quotes(std::string_view value) noexcept {
    return value.substr(1, value.size() - 2);
}

enum class LoneSurrogates : std::uint8_t { refused, kept };

// False if it met one that is refused.
bool append_decoded(std::string& out, std::string_view value, LoneSurrogates lone) {
    std::string_view rest = without_quotes(value);
    for (;;) {
        const std::size_t plain = std::min(rest.find('\\'), rest.size());
        out.append(rest.substr(0, plain));
        rest.remove_prefix(plain);
        if (rest.empty()) return true;
        Decoded decoded = decode_escape(rest);
        if (decoded.size == 0) {
            if (lone == LoneSurrogates::refused) return false;
            decoded = encode(four_hex(rest.substr(2)), 6);
        }
        out.append(decoded.bytes.data(), decoded.size);
        rest.remove_prefix(decoded.used);
    }
}

void append_escaped_byte(std::string& out, char c) {
    constexpr std::string_view hex = "0123456789abcdef";
    constexpr std::string_view named = "btn?fr";  // from 0x08 on; 0x0B has no name
    const auto byte = static_cast<std::uint8_t>(c);
    out += '\\';
    if (c == '"' || c == '\\') {
        out += c;
    } else if (byte >= 0x08 && byte <= 0x0D && byte != 0x0B) {
        out += named[byte - 0x08U];
    } else {
        out += "u00";
        out += hex[byte >> 4];
        out += hex[byte & 0x0FU];
    }
}

}  // namespace

std::optional<std::string> decode_json_string(std::string_view value) {
    std::string text;
    text.reserve(value.size());
    if (!append_decoded(text, value, LoneSurrogates::refused)) return std::nullopt;
    return text;
}

void append_json_characters(std::string& out, std::string_view value) {
    append_decoded(out, value, LoneSurrogates::kept);
}

bool json_string_equals(std::string_view value, std::string_view text) noexcept {
    std::string_view rest = without_quotes(value);
    while (!rest.empty()) {
        if (rest.front() != '\\') {
            if (text.empty() || text.front() != rest.front()) return false;
            text.remove_prefix(1);
            rest.remove_prefix(1);
            continue;
        }
        const Decoded decoded = decode_escape(rest);
        const std::string_view character{decoded.bytes.data(), decoded.size};
        if (character.empty() || !text.starts_with(character)) return false;
        text.remove_prefix(character.size());
        rest.remove_prefix(decoded.used);
    }
    return text.empty();
}

std::optional<std::string> scalar_text(const JsonValue& value) {
    switch (value.type) {
        case JsonType::array:
        case JsonType::object:
            return std::nullopt;
        case JsonType::string:
            return decode_json_string(value.text);
        default:
            return std::string{value.text};
    }
}

std::optional<std::string_view> plain_scalar_text(const JsonValue& value) noexcept {
    switch (value.type) {
        case JsonType::array:
        case JsonType::object:
            return std::nullopt;
        case JsonType::string: {
            const std::string_view text = without_quotes(value.text);
            if (text.find('\\') != std::string_view::npos) return std::nullopt;
            return text;
        }
        default:
            return value.text;
    }
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    append_json_escaped(out, text);
    out += '"';
}

void append_json_escaped(std::string& out, std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        const char* const special = skip_plain(at, end);
        out.append(at, special);
        at = special;
        if (at == end) return;
        if (static_cast<std::uint8_t>(*at) < 0x80) {
            append_escaped_byte(out, *at++);
            continue;
        }
        const std::size_t length = utf8_length(at, end);
        out.append(length == 0 ? replacement : std::string_view{at, length});
        at += length == 0 ? 1 : length;
    }
}

}  // namespace weft
