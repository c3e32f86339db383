// All commands. A new one is a file of its own with a function that returns its CommandWord, and an
// entry in the list.
#pragma once

#include <span>
#include <string_view>

#include "app/command_line.hpp"

namespace weft {

std::span<const CommandWord> commands();

// Does what the command line asks for.
ExitCode execute(std::span<const std::string_view> arguments);

}  // namespace weft
