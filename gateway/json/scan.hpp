// The tokens of RFC 8259, validated and skipped. Every function takes the text from `at` up to
// `end` and says where the token ends, or which byte is wrong.
#pragma once

#include <cstdint>
#include <cstring>

#include "json/error.hpp"
#include "json/plain_run.hpp"
#include "json/utf8.hpp"

namespace weft {

// Two words, so that it travels in registers.
struct Scanned {
    const char*
        at;  // behind the token; with an error: the byte that is wrong, or the end of the text
    JsonError error = JsonError::none;
};

constexpr bool is_json_space(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

inline const char* skip_space(const char* at, const char* end) noexcept {
    if (at == end || *at > ' ') return at;
    constexpr std::uint64_t indentation = 0x2020202020202020;
    std::uint64_t word = 0;
    while (at != end && is_json_space(*at)) {
        ++at;
        while (end - at >= 8 && (std::memcpy(&word, at, sizeof word), word == indentation)) at += 8;
    }
    return at;
}

// Behind the escape's backslash.
Scanned scan_escape(const char* at, const char* end) noexcept;

// Behind the opening quote of a string that is long, or has more in it than plain text.
Scanned scan_long_string_rest(const char* at, const char* end) noexcept;

// Behind the opening quote. Inline, because most strings are short and plain.
inline Scanned scan_string_rest(const char* at, const char* end) noexcept {
#ifdef __SSE2__
    if (end - at >= 16) {
        const unsigned special = special_of_sixteen(at);
        const char* const first = at + std::countr_zero(special | 0x10000U);
        if (special != 0 && *first == '"') return {first + 1};
    }
#endif
    return scan_long_string_rest(at, end);
}

// At `{`, `[` or whatever else a value may begin with. `depth`: how many arrays and objects are
// open around it.
Scanned scan_value(const char* at, const char* end, std::size_t depth) noexcept;

// Behind the value in an array or object that ends with `close`: behind the comma and its white
// space, or at `close`.
inline Scanned scan_separator(const char* at, const char* end, char close) noexcept {
    at = skip_space(at, end);
    if (at == end) return {at, JsonError::syntax};
    if (*at == close) return {at};
    if (*at != ',') return {at, JsonError::syntax};
    at = skip_space(at + 1, end);
    // `[1,]` would look like an end otherwise.
    if (at == end || *at == close) return {at, JsonError::syntax};
    return {at};
}

// At the array's bracket. element(at) reads one and returns its end.
template <class Element>
Scanned scan_array(const char* at, const char* end, Element&& element) {
    at = skip_space(at + 1, end);
    if (at != end && *at == ']') return {at + 1};
    for (;;) {
        const Scanned value = element(at);
        if (value.error != JsonError::none) return value;
        const Scanned next = scan_separator(value.at, end, ']');
        if (next.error != JsonError::none) return next;
        if (*next.at == ']') return {next.at + 1};
        at = next.at;
    }
}

// Behind a member's name: up to its value.
inline Scanned scan_colon(const char* at, const char* end) noexcept {
    at = skip_space(at, end);
    if (at == end || *at != ':') return {at, JsonError::syntax};
    return {skip_space(at + 1, end)};
}

// At the object's brace. member(key, key_end, at) gets the key with its quotes, reads the value and
// returns its end.
template <class Member>
Scanned scan_object(const char* at, const char* end, Member&& member) {
    at = skip_space(at + 1, end);
    if (at != end && *at == '}') return {at + 1};
    for (;;) {
        if (at == end || *at != '"') return {at, JsonError::syntax};
        const Scanned key = scan_string_rest(at + 1, end);
        if (key.error != JsonError::none) return key;
        const Scanned colon = scan_colon(key.at, end);
        if (colon.error != JsonError::none) return colon;
        const Scanned value = member(at, key.at, colon.at);
        if (value.error != JsonError::none) return value;
        const Scanned next = scan_separator(value.at, end, '}');
        if (next.error != JsonError::none) return next;
        if (*next.at == '}') return {next.at + 1};
        at = next.at;
    }
}

}  // namespace weft
