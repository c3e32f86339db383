// Time as everything counts it. Never the wall clock.
#pragma once

#include <chrono>

namespace weft {

using SteadyClock = std::chrono::steady_clock;
using TimePoint = SteadyClock::time_point;
using Duration = SteadyClock::duration;

}  // namespace weft
