// The services as one worker sees them, beside the plans' indices.
#pragma once

#include <memory>
#include <vector>

#include "plan/snapshot.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// By UpstreamIndex of the snapshot they were made from.
using Upstreams = std::vector<std::unique_ptr<Upstream>>;

// What each worker makes its upstreams from. Limits of the process are divided by `workers`, at
// least 1 each. Resolves names, so it blocks; a name that does not resolve is FailureKind::dns with
// the upstream's name.
Result<std::vector<UpstreamSettings>> upstream_settings(const Snapshot& snapshot);

}  // namespace weft
