// From what was written to what will be done.
#pragma once

#include <memory>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/snapshot.hpp"

namespace weft {

// Resolves every name and finds every mistake of meaning. Null if diagnostics has errors
// afterwards.
std::shared_ptr<const Snapshot> compile(const WrittenGateway& written, Diagnostics& diagnostics);

}  // namespace weft
