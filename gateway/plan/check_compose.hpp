// What is wrong or doubtful about a composition as a whole.
#pragma once

#include "config/diagnostics.hpp"
#include "plan/plan.hpp"
#include "plan/route_source.hpp"

namespace weft {

// `plan` is complete.
void check_compose(const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics);

}  // namespace weft
