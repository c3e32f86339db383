// `weft check`: every mistake of a configuration in one run.
#pragma once

#include "app/command_line.hpp"

namespace weft {

CommandWord check_command();

}  // namespace weft
