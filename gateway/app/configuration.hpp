// A configuration as every command that needs one reads it: as written, compiled, and what was
// found wrong with it.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/snapshot.hpp"
#include "trial/route_test.hpp"

namespace weft {

struct Configuration {
    Diagnostics diagnostics;
    WrittenGateway written;
    std::vector<RouteTest> tests;
    std::shared_ptr<const Snapshot> snapshot;  // null if there are mistakes
};

// With the environment of the process.
Configuration read_configuration(const std::filesystem::path& config);

// Mistakes and warnings, on standard error.
void print_mistakes(const Configuration& configuration);

}  // namespace weft
