// `weft run`: serves until it is told to stop.
#pragma once

#include "app/command_line.hpp"

namespace weft {

CommandWord run_command();

}  // namespace weft
