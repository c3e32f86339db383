// The `batch` of a step, compiled.
#pragma once

#include <optional>

#include "config/written.hpp"
#include "plan/resolver.hpp"

namespace weft {

// Nothing, and errors, if it cannot be run; `written` has a batch. `use` has the step as its
// reader.
std::optional<BatchPlan> compile_batch(const WrittenStep& written, Use use, Resolver& resolver);

}  // namespace weft
