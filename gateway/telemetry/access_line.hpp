// The text of one access log line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "outcome/record.hpp"

namespace weft {

// The calls that one line shows; the others are counted. A request may have up to 200.
inline constexpr std::size_t max_logged_calls = 32;

// `time` is the finished RFC 3339 text. Ends with a newline. Durations are milliseconds with three
// decimals. No query strings, headers or bodies.
void append_access_line(std::string& out, std::string_view time, const RequestRecord& record);

}  // namespace weft
