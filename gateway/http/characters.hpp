// The character classes of RFC 9110 section 5 and RFC 3986, as tables: one look-up for each byte.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace weft {

using CharacterClass = std::array<bool, 256>;

constexpr bool is_in(const CharacterClass& characters, char c) noexcept {
    return characters[static_cast<unsigned char>(c)];
}

// How many bytes at the front of `text` are in the class.
constexpr std::size_t run_of(const CharacterClass& characters, std::string_view text) noexcept {
    std::size_t length = 0;
    while (length < text.size() && is_in(characters, text[length])) ++length;
    return length;
}

constexpr CharacterClass with(CharacterClass characters, std::string_view more) noexcept {
    for (const char c : more) characters[static_cast<unsigned char>(c)] = true;
    return characters;
}

constexpr CharacterClass with_range(CharacterClass characters, int first, int last) noexcept {
    for (int c = first; c <= last; ++c) characters[static_cast<std::size_t>(c)] = true;
    return characters;
}

inline constexpr CharacterClass digits = with_range({}, '0', '9');
inline constexpr CharacterClass hex_digits = with(digits, "abcdefABCDEF");
inline constexpr CharacterClass alphanumerics = with_range(with_range(digits, 'a', 'z'), 'A', 'Z');

// RFC 9110 section 5.6.2
inline constexpr CharacterClass token_characters = with(alphanumerics, "!#$%&'*+-.^_`|~");

// RFC 9110 section 5.5: field-vchar, space and tab; obs-text passes.
inline constexpr CharacterClass field_value_characters =
    with(with_range(with_range({}, 0x20, 0x7e), 0x80, 0xff), "\t");

// RFC 3986 section 2.3 and 3.3; "%" only begins a triple.
inline constexpr CharacterClass unreserved_characters = with(alphanumerics, "-._~");
inline constexpr CharacterClass path_characters = with(unreserved_characters, "!$&'()*+,;=:@/");
inline constexpr CharacterClass query_characters = with(path_characters, "?");

// The value of a hexadecimal digit; -1 for anything else.
constexpr int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace weft
