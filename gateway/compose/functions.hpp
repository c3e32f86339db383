// join, count, concat and compact.
#pragma once

#include "compose/value.hpp"

namespace weft {

// concat and compact give ValueKind::list without looking at their lists: visit_items() does.
Value evaluate(const FunctionCall& call, const Scope& scope);

}  // namespace weft
