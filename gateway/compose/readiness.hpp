// What a run does next: a pure function of the plan and of how its steps stand. It knows no clock,
// no socket and no call, so that a plan can be continued from stored results.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "outcome/failure.hpp"
#include "plan/plan.hpp"

namespace weft {

enum class StepState : std::uint8_t {
    waiting,
    running,
    succeeded,
    refused,  // failed, and the service surely did not act, or said what it did
    unknown,  // failed after the request may have been written: the service may have acted
    skipped,  // its `when` did not hold, or with a step it reads
};

struct StepStatus {
    StepState state = StepState::waiting;
    bool has_value = false;  // others can read it: it succeeded, or has a fallback other than null
    bool chosen = false;     // its `when` holds
};

enum class Action : std::uint8_t {
    decide,  // its `when`: either it is `chosen` then, or finished
    run,
    skip,
};

struct Move {
    StepIndex step = 0;
    Action action = Action::run;
};

// The first step in declared order that can leave `waiting`; nothing if none can before another one
// is finished. `steps` is as long as plan.steps. Applying the moves one by one until there is none
// starts everything that is ready.
std::optional<Move> next_move(const ComposePlan& plan, std::span<const StepStatus> steps);

bool is_finished(const StepStatus& status) noexcept;
bool all_finished(std::span<const StepStatus> steps) noexcept;

// Refused or unknown.
StepState failed_state(const Failure& failure) noexcept;

}  // namespace weft
