// Reads the gateway file and the route files it names.
#pragma once

#include <filesystem>

#include "config/diagnostics.hpp"
#include "config/environment.hpp"
#include "config/written.hpp"

namespace weft {

// Reads everything and reports every mistake of form: YAML, unknown keys, types, units, ranges.
// What it returns is only meant to be used further if diagnostics.has_errors() is false, but holds
// whatever could be read, so that the mistakes of meaning can be reported in the same run.
WrittenGateway load(
    const std::filesystem::path& gateway_file,
    const Environment& environment,
    Diagnostics& diagnostics
);

}  // namespace weft
