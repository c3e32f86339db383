// `forward` of an upstream and of a step: which of the client's headers it may see.
#pragma once

#include <string>
#include <vector>

#include "config/diagnostics.hpp"

namespace weft {

// In lower case, each once; errors for those that are never forwarded.
std::vector<std::string> compile_forward(
    const std::vector<Written<std::string>>& names, Diagnostics& diagnostics
);

}  // namespace weft
