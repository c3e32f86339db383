// Whose failures keep an expression from having the value it should have.
#pragma once

#include <vector>

#include "compose/value.hpp"

namespace weft {

// Adds the failed parts that the expression reads and that are not in `lost` yet. For all results
// of a for_each step by themselves, each of which has a place of its own, only the failure of the
// list as a whole is added.
void collect_losses(
    const Expression& expression, const Scope& scope, std::vector<const Part*>& lost
);

}  // namespace weft
