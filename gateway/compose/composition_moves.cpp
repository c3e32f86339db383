// What a composition does when a step can leave `waiting`.
#include <algorithm>
#include <utility>

#include "compose/composition.hpp"
#include "compose/condition.hpp"
#include "compose/loop.hpp"
#include "compose/part.hpp"

namespace weft {

void Composition::apply(const Move& move) {
    if (move.action == Action::skip) {
        skip_step(move.step);
    } else if (move.action == Action::decide) {
        decide_step(move.step);
    } else if (expired_) {
        fail_step(move.step, Failure{FailureKind::deadline});
    } else if (run_->step(move.step).for_each) {
        prepare_loop(move.step);
    } else {
        prepare_plain(move.step);
    }
}

void Composition::decide_step(StepIndex index) {
    const Step& step = run_->step(index);
    auto decision = decide(*step.when, Scope{*run_, &step});
    if (auto* failure = std::get_if<Failure>(&decision)) {
        fail_step(index, std::move(*failure));
    } else if (std::get<bool>(decision)) {
        run_->statuses[index].chosen = true;
    } else {
        skip_step(index);
    }
}

void Composition::prepare_plain(StepIndex index) {
    Rendered rendered = render_call(index, Scope{*run_, &run_->step(index)});
    if (auto* failure = std::get_if<Failure>(&rendered)) {
        fail_step(index, std::move(*failure));
    } else if (std::holds_alternative<Unavailable>(rendered)) {
        skip_step(index);
    } else {
        StepRun& step = run_->steps[index];
        step.whole.call = std::move(std::get<StepCall>(rendered));
        step.whole.state = PartState::rendered;
        step.unfinished = 1;
        run_->statuses[index].state = StepState::running;
    }
}

void Composition::prepare_loop(StepIndex index) {
    Expansion expansion = expand(index, *run_);
    if (auto* failure = std::get_if<Failure>(&expansion)) {
        fail_step(index, std::move(*failure));
        return;
    }
    if (std::holds_alternative<Unavailable>(expansion)) {
        skip_step(index);
        return;
    }
    auto& expanded = std::get<Expanded>(expansion);
    StepRun& step = run_->steps[index];
    step.parts = std::move(expanded.parts);
    step.batches = std::move(expanded.batches);
    step.places = std::move(expanded.places);
    step.items = std::move(expanded.items);
    step.unfinished =
        static_cast<std::size_t>(std::ranges::count(step.parts, PartState::rendered, &Part::state));
    run_->statuses[index].state = StepState::running;
    if (step.unfinished == 0) run_->statuses[index] = {StepState::succeeded, true};
}

void Composition::skip_step(StepIndex index) {
    Part& whole = run_->steps[index].whole;
    skip(whole, *run_);
    run_->statuses[index] = {StepState::skipped, whole.has_value};
}

void Composition::fail_step(StepIndex index, Failure failure) {
    Part& whole = run_->steps[index].whole;
    fail(whole, *run_, std::move(failure));
    part_finished(whole);
}

}  // namespace weft
