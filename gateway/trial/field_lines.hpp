// Field lines that are formatted already, taken apart again.
#pragma once

#include <string_view>
#include <vector>

#include "http/fields.hpp"

namespace weft {

// `lines` is "Name: value\r\n" for each.
std::vector<OwnedField> split_field_lines(std::string_view lines);

}  // namespace weft
