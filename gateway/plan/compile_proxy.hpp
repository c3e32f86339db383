// A pass-through route, compiled.
#pragma once

#include "config/diagnostics.hpp"
#include "plan/plan.hpp"
#include "plan/route_source.hpp"

namespace weft {

// `source.written` has a proxy.
ProxyPlan compile_proxy(const RouteSource& source, Diagnostics& diagnostics);

}  // namespace weft
