// What an upstream's plan means for one worker.
#pragma once

#include <cstdint>

#include "plan/snapshot.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// Without endpoints, which have to be resolved. Limits of the process are divided over the workers.
UpstreamSettings upstream_settings(const UpstreamPlan& plan, std::uint32_t workers);

}  // namespace weft
