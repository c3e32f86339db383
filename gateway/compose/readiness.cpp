#include "compose/readiness.hpp"

#include <algorithm>

namespace weft {
namespace {

bool needs(const Reference& reference, StepIndex step) noexcept {
    return reference.root == Root::step && reference.step == step && !reference.optional;
}

bool needs(const TextTemplate& text, StepIndex step) noexcept {
    return std::ranges::any_of(text, [step](const TextPiece& piece) {
        const auto* expression = std::get_if<Expression>(&piece);
        return expression != nullptr && needs(*expression->reference(), step);
    });
}

// Whether the reader cannot go on without a value of that step. A reference with `?` can.
bool needs(const Step& reader, StepIndex step) noexcept {
    const auto value_needs = [step](const auto& member) { return needs(member.value, step); };
    return (reader.for_each && needs(*reader.for_each->list.reference(), step)) ||
           std::ranges::any_of(
               reader.target.segments,
               [step](const TextTemplate& text) { return needs(text, step); }
           ) ||
           std::ranges::any_of(reader.target.query, value_needs) ||
           std::ranges::any_of(reader.headers, value_needs);
}

}  // namespace

bool is_finished(const StepStatus& status) noexcept {
    return status.state != StepState::waiting && status.state != StepState::running;
}

std::optional<Move> next_move(const ComposePlan& plan, std::span<const StepStatus> steps) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (steps[i].state != StepState::waiting) continue;
        const Step& step = plan.steps[i];
        const auto finished = [&](StepIndex fed_by) { return is_finished(steps[fed_by]); };
        if (!std::ranges::all_of(step.feeds, finished)) continue;
        const bool lacks_a_value = std::ranges::any_of(step.feeds, [&](StepIndex fed_by) {
            return !steps[fed_by].has_value && needs(step, fed_by);
        });
        return Move{static_cast<StepIndex>(i), lacks_a_value ? Action::skip : Action::run};
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
