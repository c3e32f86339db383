// What texts look like, for schemas, as ECMA 262 patterns. They are coarser than what plan/ takes.
#pragma once

#include <string_view>

namespace weft::pattern {

inline constexpr std::string_view address = ":[0-9]+$";
inline constexpr std::string_view url = "^http://[^/?#@]+$";
inline constexpr std::string_view path = "^/";
inline constexpr std::string_view header_name = "^[0-9A-Za-z!#$%&'*+.^_`|~-]+$";
inline constexpr std::string_view call = "^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /";
inline constexpr std::string_view step_name = "^[a-z][a-z0-9_]*$";
inline constexpr std::string_view expression = "^\\s*\\$\\{";
inline constexpr std::string_view status = "^[2-5]([0-9][0-9]|xx)$";
inline constexpr std::string_view environment = "\\$\\{ *env\\.";

}  // namespace weft::pattern
