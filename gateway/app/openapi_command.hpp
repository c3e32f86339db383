// `weft openapi`: the composed API as an OpenAPI document.
#pragma once

#include "app/command_line.hpp"

namespace weft {

CommandWord openapi_command();

}  // namespace weft
