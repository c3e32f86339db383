// Where the layers around an upstream's calls, and its health checks, do their work.
#pragma once

#include <string>

#include "async/timers.hpp"
#include "async/types.hpp"

namespace weft {

// What it refers to outlives them.
struct LayerPlace {
    Executor executor;
    Timers& timers;
    const std::string& upstream;
};

}  // namespace weft
