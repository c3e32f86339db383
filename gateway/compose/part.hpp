// How a part ends: with a value, with a failure and maybe a fallback, or skipped.
#pragma once

#include "compose/run.hpp"

namespace weft {

// What the source gave becomes the part's value, if its status is a success and its body the JSON
// that is needed; else its failure. The part's body does not move any more.
void settle(Part& part, Run& run, Result<StepResult>&& result);

// The same for a row of a batch call's answer, which was validated with it and does not move.
void settle_row(Part& part, Run& run, const JsonValue& row);

// Counts the bytes of a body that is kept; a failure if the run holds too many.
std::optional<Failure> hold_bytes(Run& run, std::size_t size);

// Of a body that is not the JSON that is needed.
Failure json_failure(const Located& located);

// The failure gets the name of the step; its fallback, if it has one, takes the value's place.
void fail(Part& part, const Run& run, Failure failure);

// The same for what went wrong with a call that was made: the failure names the upstream, too.
void fail_call(Part& part, const Run& run, Failure failure);

void skip(Part& part, const Run& run);

}  // namespace weft
