// A composition, compiled.
#pragma once

#include "config/diagnostics.hpp"
#include "plan/plan.hpp"
#include "plan/route_source.hpp"

namespace weft {

inline constexpr std::size_t max_steps = 1'000;  // of one route

ComposePlan compile_compose(const RouteSource& source, Diagnostics& diagnostics);

}  // namespace weft
