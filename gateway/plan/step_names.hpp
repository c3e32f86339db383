// Which names steps and items can have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/written.hpp"

namespace weft {

// Why it cannot be the name of `owner` ("a step", "an item"); empty if it can.
std::string fault_of_name(std::string_view name, std::string_view owner);

// Of `as`: they are names, and not those of steps.
void check_names_of_items(const std::vector<WrittenStep>& steps, Diagnostics& diagnostics);

}  // namespace weft
