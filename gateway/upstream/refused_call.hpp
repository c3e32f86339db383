// The call of a layer that does not let it through.
#pragma once

#include <string>

#include "upstream/call.hpp"
#include "upstream/layer_place.hpp"

namespace weft {

// Ends with that failure at the executor's next turn; nothing is sent.
Call refuse_call(const LayerPlace& place, FailureKind why, CallCompletion completion);

// What is recorded of a call that was not made.
CallRecord refused_record(const std::string& upstream, FailureKind why);

}  // namespace weft
