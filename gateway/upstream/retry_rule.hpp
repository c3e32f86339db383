// When a call may be tried again, and how long to rest before that.
#pragma once

#include <optional>

#include "upstream/call.hpp"
#include "upstream/jitter.hpp"
#include "upstream/policies.hpp"

namespace weft {

// Whether trying again is harmless (RFC 9110 section 9.2.2) and this end gives reason to.
bool may_try_again(
    const RetryPolicy& policy, const CallRequest& request, const Result<CallAnswer>& end
);

// What the service asks for (RFC 9110 section 10.2.3). A date is as far away as can be: it would be
// told by a clock that we do not follow.
Duration asked_rest(const CallAnswer& answer);

// Full jitter: anything up to a limit that doubles with each attempt, and is at most ten times the
// first. `attempts`: made so far, at least 1.
Duration backoff(const RetryPolicy& policy, std::uint32_t attempts, const Jitter& jitter);

}  // namespace weft
