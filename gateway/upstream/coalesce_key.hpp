// What two calls must have in common to be one.
#pragma once

#include <string>

#include "upstream/call.hpp"

namespace weft {

// Whether it may share an answer at all: a GET without a body.
bool may_coalesce(const CallRequest& request) noexcept;

// Of a call that may: its target and every field that is sent, but those that tell one request from
// the next (X-Request-Id, traceparent, tracestate) and say what is left of its time.
std::string coalesce_key(const CallRequest& request);

}  // namespace weft
