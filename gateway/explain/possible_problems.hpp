// Which problem documents a composed route can answer with, because of what its steps may meet.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft {

// The `code` of a problem, and the steps that can bring it about, in declared order; none where it
// is the route itself.
using ProblemCodes = std::map<std::string_view, std::vector<std::string_view>>;

struct PossibleProblem {
    ProblemCodes codes;
    bool challenges = false;  // may carry the service's WWW-Authenticate and Retry-After
};

using PossibleProblems = std::map<std::uint16_t, PossibleProblem>;

// What any request may be answered with, whatever its route, is not in it.
PossibleProblems possible_problems(const ComposePlan& plan, const Snapshot& snapshot);

}  // namespace weft
