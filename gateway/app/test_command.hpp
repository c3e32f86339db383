// `weft test`: the tests that stand beside the routes.
#pragma once

#include "app/command_line.hpp"

namespace weft {

CommandWord test_command();

}  // namespace weft
