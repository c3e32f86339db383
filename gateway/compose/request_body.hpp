// Writes the body of a call: the step's JSON template with the values of a run.
#pragma once

#include <cstdint>
#include <string>

#include "compose/text.hpp"

namespace weft {

// Appends it to `out`, or as much of it as was written when something ended it. TextEnd::dropped:
// the whole body goes. Beyond `limit` bytes it is unusable by no expression.
TextOutcome write_request_body(
    const BodyNode& body, const Scope& scope, std::uint64_t limit, std::string& out
);

}  // namespace weft
