// `weft schema`: what editors and readers are told about the words of the configuration.
#pragma once

#include "app/command_line.hpp"

namespace weft {

CommandWord schema_command();

}  // namespace weft
