// Which steps have a value in every answer that is no error.
#pragma once

#include <vector>

#include "plan/plan.hpp"

namespace weft {

// Beside the steps: whether the step is required, always asked, and so are those it needs.
std::vector<bool> certain_steps(const ComposePlan& plan);

}  // namespace weft
