// `success`, `null_on` and `on_status` of a step, compiled.
#pragma once

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "plan/plan.hpp"

namespace weft {

// A code comes before the class it is in, also where they stand under different keys. What is
// wrong is reported and left out.
void compile_statuses(const WrittenStep& written, Step& step, Diagnostics& diagnostics);

}  // namespace weft
