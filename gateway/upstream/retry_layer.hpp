// Calls that fail by chance are tried again: as often as the policy says, as far as the budget
// goes, after a rest, and within the time of the one call.
#pragma once

#include "upstream/call.hpp"
#include "upstream/jitter.hpp"
#include "upstream/policies.hpp"

namespace weft {

StartCall with_retries(StartCall next, RetryPolicy policy, Timers& timers, Jitter jitter);

}  // namespace weft
