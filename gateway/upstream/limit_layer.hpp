// Calls take a slot of the service's concurrency limit, or wait for one up to half of their time.
#pragma once

#include <memory>

#include "upstream/call.hpp"
#include "upstream/concurrency_limit.hpp"
#include "upstream/layer_place.hpp"

namespace weft {

// When a call that waits gives up: late enough to have had a chance, early enough to be refused in
// time.
inline TimePoint wait_ends(TimePoint now, TimePoint deadline) { return now + (deadline - now) / 2; }

StartCall through_limit(StartCall next, std::shared_ptr<ConcurrencyLimit> limit, LayerPlace place);

}  // namespace weft
