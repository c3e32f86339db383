// Compiled routes as text, for golden files: what references were resolved to, not what was
// written. `<order .user_id>` is the value at that path of the step's body, `<path id>` a parameter
// of the request; a literal in a body stands in backticks.
#pragma once

#include <string>

#include "plan/snapshot.hpp"

namespace weft::test {

std::string print_plans(const Snapshot& snapshot);

}  // namespace weft::test
