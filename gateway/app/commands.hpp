// What the commands do.
#pragma once

#include "app/command_line.hpp"

namespace weft {

ExitCode execute(const Command& command);

}  // namespace weft
