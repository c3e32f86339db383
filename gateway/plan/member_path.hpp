// `address.street`: a plain dot path of member names, as `select`, `omit` and `rename` write it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/text_fault.hpp"

namespace weft {

// At least one name, none of them empty.
OrFault<std::vector<std::string>> parse_member_path(std::string_view text);

}  // namespace weft
