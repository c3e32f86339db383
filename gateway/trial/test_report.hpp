// The outcomes of tests as they are shown.
#pragma once

#include <span>
#include <string>

#include "config/diagnostics.hpp"
#include "trial/run_test.hpp"

namespace weft {

// For people: a line for each test; below a failed one, what was expected and what came. `places`
// knows the files.
std::string outcomes_as_text(std::span<const TestOutcome> outcomes, const Diagnostics& places);

// For programs: one JSON document. What was expected and what came are JSON values, with the digits
// they have; a member is left out where there is none.
std::string outcomes_as_json(std::span<const TestOutcome> outcomes, const Diagnostics& places);

std::size_t failed_tests(std::span<const TestOutcome> outcomes);

}  // namespace weft
