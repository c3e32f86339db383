// From JSON text to plain text and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "json/value.hpp"

namespace weft {

// The characters of a JSON string (`value` with its quotes, already validated) as UTF-8. Nothing if
// it holds the escape of a lone surrogate, which no UTF-8 text can carry.
std::optional<std::string> decode_json_string(std::string_view value);

// Appends the same characters for comparing, where half of a surrogate pair is encoded like any
// code point: the bytes are in the order of the code points, but maybe not UTF-8.
void append_json_characters(std::string& out, std::string_view value);

// Whether decode_json_string(value) would be `text`. Allocates nothing and stops at the first
// difference.
bool json_string_equals(std::string_view value, std::string_view text) noexcept;

// A scalar as text: a string's characters, a number's source text (never converted), `true`,
// `false`, `null`. Nothing as above, and for an array or object.
std::optional<std::string> scalar_text(const JsonValue& value);

// The same where the characters stand in the source text as they are, which for a string means
// without an escape; nothing for what only scalar_text() can say.
std::optional<std::string_view> plain_scalar_text(const JsonValue& value) noexcept;

// Appends `text` (valid UTF-8) as a JSON string with quotes; without: only the escaped characters.
// Bytes that are not UTF-8 are replaced by U+FFFD, so the output is always valid JSON.
void append_json_string(std::string& out, std::string_view text);
void append_json_escaped(std::string& out, std::string_view text);

}  // namespace weft
