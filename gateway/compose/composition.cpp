#include "compose/composition.hpp"

#include <algorithm>
#include <utility>

#include "compose/answer.hpp"
#include "compose/batch_answer.hpp"
#include "compose/part.hpp"

namespace weft {
namespace {

std::shared_ptr<Run> make_run(Composition::Job& job) {
    auto run = std::make_shared<Run>();
    run->snapshot = std::move(job.snapshot);
    run->plan = job.plan;
    run->compose = &std::get<ComposePlan>(job.plan->work);
    run->inputs = std::move(job.inputs);
    run->statuses.resize(run->compose->steps.size());
    run->steps.resize(run->compose->steps.size());
    for (std::size_t i = 0; i < run->steps.size(); ++i) {
        run->steps[i].whole.step = static_cast<StepIndex>(i);
    }
    return run;
}

// Whether the client's body is what the plan needs; an empty one is absent.
bool locate_request_body(Run& run) {
    if (!run.compose->reads_request_body || run.inputs.body.empty()) return true;
    locate(run.inputs.body, run.compose->body_reads, run.request_body);
    return run.request_body.ok();
}

// `caller` is a Part or a BatchCall.
template <class Caller>
void cancel_call(Caller& caller) {
    if (caller.cancel) std::exchange(caller.cancel, nullptr)();
}

}  // namespace

Composition::Composition(Job job, Source& source, const Clock& clock)
    : run_{make_run(job)},
      source_{source},
      clock_{clock},
      deadline_{job.deadline},
      record_{job.record},
      ends_earlier_{std::move(job.ends_earlier)} {}

Composition::~Composition() { cancel(); }

void Composition::start(Done done) {
    if (!locate_request_body(*run_)) {
        const Failure failure{FailureKind::bad_request_body};
        if (record_ != nullptr) record_->failure = failure.kind();
        done(failed_answer(failure, *run_));
        return;
    }
    done_ = std::move(done);
    proceed(clock_.now());
}

void Composition::expire() {
    if (is_over()) return;
    expired_ = true;
    proceed(clock_.now());
}

void Composition::cancel() {
    if (is_over()) return;
    done_ = nullptr;
    cancel_calls();
}

// Everything that is ready is rendered before anything is started, so that a refused value of one
// step keeps its siblings from being called for nothing. The last thing every entry does, because
// conclude() may destroy the object.
void Composition::proceed(TimePoint now) {
    if (expired_ || now >= deadline_) fail_unfinished();
    while (decisive_ == nullptr) {
        const auto move = next_move(*run_->compose, run_->statuses);
        if (!move) break;
        apply(*move);
    }
    if (decisive_ != nullptr || all_finished(run_->statuses)) {
        conclude();
        return;
    }
    begin_grace(now);
    for (std::size_t i = 0; i < run_->steps.size(); ++i) {
        if (run_->statuses[i].state == StepState::running) launch(static_cast<StepIndex>(i), now);
    }
}

// Once the required steps are in, the others get that much more.
void Composition::begin_grace(TimePoint now) {
    const ComposePlan& plan = *run_->compose;
    if (!plan.grace || in_grace_) return;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i].required && !is_finished(run_->statuses[i])) return;
    }
    in_grace_ = true;
    const TimePoint until = now + *plan.grace;
    if (until >= deadline_) return;
    deadline_ = until;
    if (ends_earlier_) ends_earlier_(until);
}

// The route's deadline: what runs is cancelled, what waits for its turn will not have one.
void Composition::fail_unfinished() {
    expired_ = true;
    for (std::size_t i = 0; i < run_->steps.size(); ++i) {
        if (run_->statuses[i].state != StepState::running) continue;
        for (BatchCall& batch : run_->steps[i].batches) cancel_call(batch);
        for (Part& part : parts_of(run_->compose->steps[i], run_->steps[i])) {
            if (part.state == PartState::running) {
                cancel_call(part);
                fail_call(part, *run_, Failure{FailureKind::deadline});
                part_finished(part);
            } else if (part.state == PartState::rendered) {
                fail(part, *run_, Failure{FailureKind::deadline});
                part_finished(part);
            }
        }
    }
}

void Composition::launch(StepIndex index, TimePoint now) {
    const Step& step = run_->step(index);
    StepRun& state = run_->steps[index];
    const std::span<Part> parts = parts_of(step, state);
    const std::size_t at_once = step.for_each ? step.for_each->max_concurrency : 1;
    if (!state.batches.empty()) {
        for (; state.next < state.batches.size() && state.running < at_once; ++state.next) {
            ++state.running;
            launch(state.batches[state.next], now);
        }
        return;
    }
    for (; state.next < parts.size() && state.running < at_once; ++state.next) {
        if (parts[state.next].state != PartState::rendered) continue;
        ++state.running;
        launch(parts[state.next], now);
    }
}

void Composition::launch(Part& part, TimePoint now) {
    part.state = PartState::running;
    part.cancel = start_call(std::move(part.call), now, [this, &part](Result<StepResult>&& result) {
        ended(part, std::move(result));
    });
}

void Composition::launch(BatchCall& batch, TimePoint now) {
    for (Part& part : parts_of(batch, run_->steps[batch.step])) {
        if (part.state == PartState::rendered) part.state = PartState::running;
    }
    batch.cancel =
        start_call(std::move(batch.call), now, [this, &batch](Result<StepResult>&& result) {
            ended(batch, std::move(result));
        });
}

CancelHandle Composition::start_call(StepCall&& call, TimePoint now, Completion completion) {
    const TimePoint own = now + run_->step(call.step).timeout;
    call.ends_by_route = deadline_ <= own;
    call.started = now;
    call.deadline = std::min(own, deadline_);
    return source_.start(std::move(call), std::move(completion));
}

void Composition::ended(Part& part, Result<StepResult>&& result) {
    part.cancel = nullptr;
    --run_->steps[part.step].running;
    settle(part, *run_, std::move(result));
    part_finished(part);
    // While its step still runs there is nothing new that another one could read.
    const bool still_runs = run_->statuses[part.step].state == StepState::running;
    const TimePoint now = clock_.now();
    if (still_runs && decisive_ == nullptr && now < deadline_) {
        launch(part.step, now);
    } else {
        proceed(now);
    }
}

void Composition::ended(BatchCall& batch, Result<StepResult>&& result) {
    batch.cancel = nullptr;
    StepRun& step = run_->steps[batch.step];
    --step.running;
    BatchAnswer answer{batch, *run_, std::move(result)};
    for (Part& part : parts_of(batch, step)) {
        if (part.state != PartState::running) continue;
        answer.settle(part);
        part_finished(part);
    }
    proceed(clock_.now());
}

// What the end of one part means for its step.
void Composition::part_finished(Part& part) {
    StepRun& step = run_->steps[part.step];
    const Step& plan = run_->step(part.step);
    const bool failed = part.state == PartState::failed;
    if (failed && plan.required && decisive_ == nullptr) decisive_ = &part;
    const bool whole = &part == &step.whole;
    if (whole) {
        const StepState state = failed ? failed_state(*part.failure) : StepState::succeeded;
        run_->statuses[part.step] = {state, part.has_value};
    } else if (--step.unfinished == 0) {
        run_->statuses[part.step] = {StepState::succeeded, true};
    }
}

void Composition::conclude() {
    cancel_calls();
    const Done done = std::exchange(done_, nullptr);
    if (decisive_ != nullptr) {
        if (record_ != nullptr) record_->failure = decisive_->failure->kind();
        return done(failed_answer(*decisive_, *run_));
    }
    auto answer = composed_answer(run_);
    if (!answer) {
        if (record_ != nullptr) record_->failure = answer.error().kind();
        return done(failed_answer(answer.error(), *run_));
    }
    if (record_ != nullptr) record_->complete = is_complete(*run_);
    done(std::move(*answer));
}

void Composition::cancel_calls() {
    for (std::size_t i = 0; i < run_->steps.size(); ++i) {
        if (run_->statuses[i].state != StepState::running) continue;
        for (BatchCall& batch : run_->steps[i].batches) cancel_call(batch);
        for (Part& part : parts_of(run_->compose->steps[i], run_->steps[i])) {
            cancel_call(part);
        }
    }
}

}  // namespace weft
