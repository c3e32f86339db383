// Percent-encoding (RFC 3986 section 2.1) of what stands in configuration and of the values put
// into it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weft {

// The byte that the `%XX` at the start of `text` stands for; nothing if there is none.
std::optional<char> percent_escape(std::string_view text) noexcept;

// Appends `text` with every byte encoded that is not unreserved (section 2.3), in upper-case hex.
void append_percent_encoded(std::string& out, std::string_view text);

// Three-way comparison of the decoded text with `plain`, as bytes, without an allocation. A `%`
// that begins no escape stands for itself.
int compare_percent_decoded(std::string_view encoded, std::string_view plain) noexcept;

}  // namespace weft
