// Builds one line of JSON in a caller's buffer. Foreign text is escaped and cut, so that one
// request writes one line of bounded size, whatever it holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft {

// The longest foreign text in a log, in bytes before escaping; what is cut ends in "...".
inline constexpr std::size_t max_logged_text = 256;

// Printable ASCII that stands for itself in a JSON string.
constexpr bool is_plain_in_log(char c) noexcept {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

// With quotes. Control characters and DEL are written \u00XX, as is every byte that is not part of
// valid UTF-8, so the output is always JSON and a terminal is never addressed.
void append_logged_text(std::string& out, std::string_view text);

// The same without a cut: for text of our own that may quote a foreign one.
void append_json_text(std::string& out, std::string_view text);

void append_number(std::string& out, std::uint64_t value);

}  // namespace weft
