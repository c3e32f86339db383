// Which names a step can have.
#pragma once

#include <string>
#include <string_view>

namespace weft {

// Why it cannot be the name of a step; empty if it can.
std::string fault_of_step_name(std::string_view name);

}  // namespace weft
