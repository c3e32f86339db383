#include "compose/readiness.hpp"

#include <algorithm>

namespace weft {

bool is_finished(const StepStatus& status) noexcept {
    return status.state != StepState::waiting && status.state != StepState::running;
}

std::optional<Move> next_move(const ComposePlan& plan, std::span<const StepStatus> steps) {
    const auto finished = [steps](StepIndex step) { return is_finished(steps[step]); };
    const auto lacks_a_value = [steps](StepIndex step) { return !steps[step].has_value; };
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (steps[i].state != StepState::waiting) continue;
        const Step& step = plan.steps[i];
        const auto index = static_cast<StepIndex>(i);
        if (step.when && !steps[i].chosen) {
            if (std::ranges::all_of(step.decided_by, finished)) return Move{index, Action::decide};
            continue;
        }
        if (!std::ranges::all_of(step.feeds, finished)) continue;
        if (!std::ranges::all_of(step.waits, finished)) continue;
        const bool lacks = std::ranges::any_of(step.needs, lacks_a_value);
        return Move{index, lacks ? Action::skip : Action::run};
    }
    return std::nullopt;
}

bool all_finished(std::span<const StepStatus> steps) noexcept {
    return std::ranges::all_of(steps, is_finished);
}

StepState failed_state(const Failure& failure) noexcept {
    switch (failure.kind()) {
        case FailureKind::connection_closed:
        case FailureKind::response_incomplete:
        case FailureKind::read_timeout:
        case FailureKind::write_timeout:
        case FailureKind::deadline:
        case FailureKind::response_head_too_large:
        case FailureKind::response_body_too_large:
        case FailureKind::protocol:
        case FailureKind::transfer_coding:
        case FailureKind::content_coding:
        case FailureKind::json:
            return StepState::unknown;
        default:
            return StepState::refused;
    }
}

}  // namespace weft
