// How a value may stand in each place of a call, so that no value can add a segment, a parameter or
// a header.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weft {

inline constexpr std::size_t max_segment_value = 256;    // bytes, before encoding
inline constexpr std::size_t max_query_value = 4 << 10;  // bytes, before encoding
inline constexpr std::size_t max_header_value =
    8 << 10;  // bytes: what HTTP services take of one field

// Whether a value can be part of a path segment: not empty, not `.` or `..`, of a decent length,
// UTF-8 (RFC 3629).
bool fits_in_segment(std::string_view value) noexcept;

// `.` and `..`, however they are spelt: a service may decode them and leave the path it was meant
// to serve.
bool is_dot_segment(std::string_view encoded) noexcept;

// No control characters (RFC 9110 section 5.5, without its tab), and not too long.
bool fits_in_header(std::string_view value) noexcept;

}  // namespace weft
