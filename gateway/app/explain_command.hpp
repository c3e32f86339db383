// `weft explain`: what a route will do, or which route answers a request, without serving.
#pragma once

#include "app/command_line.hpp"

namespace weft {

CommandWord explain_command();

}  // namespace weft
