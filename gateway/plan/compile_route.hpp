// One route, compiled.
#pragma once

#include <optional>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/path_pattern.hpp"
#include "plan/plan.hpp"
#include "plan/route_source.hpp"

namespace weft {

struct CompiledRoute {
    Plan plan;
    std::optional<PathPattern> pattern;  // nothing if it is wrong
};

// With errors in the diagnostics the plan is not to be run.
CompiledRoute compile_route(
    const WrittenRoute& written, const Surroundings& around, Diagnostics& diagnostics
);

// A step's or a route's method; GET after an error.
Method compile_method(const Written<std::string>& written, Diagnostics& diagnostics);

}  // namespace weft
