#include "json/scan.hpp"

#include <string_view>

#include "json/locate.hpp"

namespace weft {

namespace {

constexpr bool is_hex(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

const char* skip_digits(const char* at, const char* end) noexcept {
    while (at != end && is_digit(*at)) ++at;
    return at;
}

// One digit or more.
Scanned scan_digits(const char* at, const char* end) noexcept {
    const char* const behind = skip_digits(at, end);
    return {behind, behind == at ? JsonError::syntax : JsonError::none};
}

Scanned scan_exponent(const char* at, const char* end) noexcept {
    if (at != end && (*at == '+' || *at == '-')) ++at;
    return scan_digits(at, end);
}

// At the minus or the first digit. RFC 8259 section 6: no leading zeros, no plus, digits on both
// sides of the point.
Scanned scan_number(const char* at, const char* end) noexcept {
    if (*at == '-') ++at;
    if (at != end && *at == '0') {
        ++at;
    } else {
        const Scanned integer = scan_digits(at, end);
        if (integer.error != JsonError::none) return integer;
        at = integer.at;
    }
    if (at != end && *at == '.') {
        const Scanned fraction = scan_digits(at + 1, end);
        if (fraction.error != JsonError::none) return fraction;
        at = fraction.at;
    }
    if (at != end && (*at == 'e' || *at == 'E')) return scan_exponent(at + 1, end);
    return {at};
}

Scanned scan_word(const char* at, const char* end, std::string_view word) noexcept {
    for (const char c : word) {
        if (at == end || *at != c) return {at, JsonError::syntax};
        ++at;
    }
    return {at};
}

// Most values are strings, which need no call of their own.
inline Scanned scan_child(const char* at, const char* end, std::size_t depth) noexcept {
    if (at != end && *at == '"') return scan_string_rest(at + 1, end);
    return scan_value(at, end, depth);
}

Scanned scan_container(const char* at, const char* end, std::size_t depth) noexcept {
    if (depth == max_json_depth) return {at, JsonError::too_deep};
    if (*at == '[') {
        return scan_array(at, end, [end, depth](const char* element) {
            return scan_child(element, end, depth + 1);
        });
    }
    return scan_object(at, end, [end, depth](const char*, const char*, const char* value) {
        return scan_child(value, end, depth + 1);
    });
}

}  // namespace

Scanned scan_long_string_rest(const char* at, const char* end) noexcept {
    for (;;) {
        at = skip_plain(at, end);
        if (at == end) return {at, JsonError::syntax};
        if (*at == '"') return {at + 1};
        if (*at == '\\') {
            const Scanned escape = scan_escape(at + 1, end);
            if (escape.error != JsonError::none) return escape;
            at = escape.at;
            continue;
        }
        if (static_cast<std::uint8_t>(*at) < 0x20) return {at, JsonError::syntax};
        // Text beyond ASCII mostly stands together.
        while (at != end && static_cast<std::uint8_t>(*at) >= 0x80) {
            const std::size_t length = utf8_length(at, end);
            if (length == 0) return {at, JsonError::utf8};
            at += length;
        }
    }
}

Scanned scan_escape(const char* at, const char* end) noexcept {
    constexpr std::string_view simple = "\"\\/bfnrt";
    if (at == end) return {at, JsonError::syntax};
    if (*at != 'u') {
        const bool known = simple.find(*at) != std::string_view::npos;
        return known ? Scanned{at + 1} : Scanned{at, JsonError::syntax};
    }
    ++at;
    for (int digit = 0; digit < 4; ++digit, ++at) {
        if (at == end || !is_hex(*at)) return {at, JsonError::syntax};
    }
    return {at};
}

// Recursive with the arrays and objects that are open, so at most max_json_depth times.
Scanned scan_value(const char* at, const char* end, std::size_t depth) noexcept {
    if (at == end) return {at, JsonError::syntax};
    switch (*at) {
        case '"':
            return scan_string_rest(at + 1, end);
        case '{':
        case '[':
            return scan_container(at, end, depth);
        case 't':
            return scan_word(at, end, "true");
        case 'f':
            return scan_word(at, end, "false");
        case 'n':
            return scan_word(at, end, "null");
        case '-':
        case '0':
        case '1':
        case '2':
        case '3':
        case '4':
        case '5':
        case '6':
        case '7':
        case '8':
        case '9':
            return scan_number(at, end);
        default:
            return {at, JsonError::syntax};
    }
}

}  // namespace weft
