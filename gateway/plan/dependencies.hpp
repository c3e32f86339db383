// The order of a route's steps, which nobody writes down: it follows from who waits for whom.
#pragma once

#include <vector>

#include "plan/plan.hpp"

namespace weft {

// Each cycle as the steps on it, beginning with the first one declared, each waiting for the next;
// no step is in two of them. Empty if the steps can be ordered.
std::vector<std::vector<StepIndex>> find_cycles(const std::vector<Step>& steps);

}  // namespace weft
