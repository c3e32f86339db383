// Literal text in a path, of a route or of a step: the same rules for both.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plan/text_fault.hpp"

namespace weft {

// What would change the path's shape, or what no request's path may hold (HTTP.md, Target), as the
// first fault of `text`, which holds no `/`.
std::optional<TextFault> check_path_literal(std::string_view text);

// The fault of a whole segment: `.` or `..`, plain or encoded.
std::optional<TextFault> check_literal_segment(std::string_view segment);

// As it stands in a target: escapes stay, in upper-case hex; what RFC 3986 allows in a segment
// stays; the rest is encoded.
std::string encoded_path_literal(std::string_view text);

// `[A-Za-z_][A-Za-z0-9_]*`
bool is_parameter_name(std::string_view name) noexcept;

}  // namespace weft
