// The `tests` of all routes, compiled.
#pragma once

#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "trial/route_test.hpp"

namespace weft {

// In the order of the files. With errors in the diagnostics they are not to be run.
std::vector<RouteTest> compile_tests(const WrittenGateway& written, Diagnostics& diagnostics);

}  // namespace weft
