// What stands around the calls to an upstream: retry, breaker, health, balance and limits.
#pragma once

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/snapshot.hpp"

namespace weft {

void compile_policies(const WrittenUpstream& written, UpstreamPlan& plan, Diagnostics& diagnostics);

}  // namespace weft
