// In which order the steps of a plan can run, and how long that may take: what is inferred from
// who waits for whom, before any request is there.
#pragma once

#include <cstdint>
#include <vector>

#include "plan/plan.hpp"

namespace weft {

struct Schedule {
    // Beside the steps: 1 for a step that waits for none, else one more than the latest of those it
    // waits for.
    std::vector<std::uint32_t> waves;
    // The chain of steps that takes longest, from the first to the last; the first in declared
    // order of equal ones.
    std::vector<StepIndex> slowest;
    milliseconds slowest_time{0};
};

// All steps that are finished before this one starts: sorted, each once.
std::vector<StepIndex> waits_for(const Step& step);

// `times`, beside the steps: how long each may take. The steps wait for each other without a cycle.
Schedule schedule(const std::vector<Step>& steps, const std::vector<milliseconds>& times);

// As long as one call of each step may take.
std::vector<milliseconds> call_times(const std::vector<Step>& steps);

}  // namespace weft
