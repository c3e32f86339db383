// From the list of a batch step to its calls.
#pragma once

#include "compose/loop.hpp"

namespace weft {

// As expand(), of a step with a batch. Items are told apart by their text. One by itself gets the
// step's own call, if it has one; several share batch calls.
Expansion expand_batch(StepIndex index, const Run& run);

}  // namespace weft
