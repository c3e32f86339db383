// From a run that is over to what the client gets.
#pragma once

#include <memory>

#include "compose/run.hpp"
#include "http/answer.hpp"

namespace weft {

// All steps are finished and no required one has failed: the composed answer, partial if something
// optional failed. It shares the run, whose bytes it is spliced from.
Result<Answer> composed_answer(const std::shared_ptr<Run>& run);

// The answer for a required step's failure.
Answer failed_answer(const Part& part, const Run& run);

// The answer for a failure that is no step's.
Answer failed_answer(const Failure& failure, const Run& run);

}  // namespace weft
