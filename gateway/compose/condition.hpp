// Decides a step's `when`.
#pragma once

#include <variant>

#include "compose/value.hpp"

namespace weft {

// Whether it holds. A failure is that of a function's argument or of a look-up's key; it names the
// step. `scope` is that of the step, without an item.
std::variant<bool, Failure> decide(const Condition& condition, const Scope& scope);

}  // namespace weft
