// What a step's compiled plan says about its end, as text for golden files.
#pragma once

#include <string>

#include "plan/plan.hpp"

namespace weft::test {

// A line each for `forward`, the statuses where they are not the default, and the shape.
std::string print_outcome(const Step& step);

}  // namespace weft::test
