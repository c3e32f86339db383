// What decides when a step starts, beside what it reads: `when` and `after`.
#pragma once

#include "config/written.hpp"
#include "plan/resolver.hpp"

namespace weft {

std::optional<Condition> compile_when(
    const Written<std::string>& written, StepIndex step, Resolver& resolver
);

// The steps that are named; errors for those that there are not.
std::vector<StepIndex> compile_after(
    const std::vector<Written<std::string>>& written, Resolver& resolver
);

// A step that is waited for twice is named once: `waits` are those that are not fed from.
void simplify_waits(Step& step);

}  // namespace weft
