// One run of a plan: starts each step when what it reads is in, and answers when all are finished
// or the first required one has failed. Driven by callbacks on one thread; knows no transport and
// keeps no timer.
#pragma once

#include <functional>
#include <memory>

#include "async/clock.hpp"
#include "compose/inputs.hpp"
#include "compose/run.hpp"
#include "compose/source.hpp"
#include "http/answer.hpp"
#include "outcome/record.hpp"

namespace weft {

class Composition {
  public:
    struct Job {
        std::shared_ptr<const Snapshot> snapshot;  // owns the plan
        const Plan* plan = nullptr;                // its work is a ComposePlan
        RequestInputs inputs;
        TimePoint deadline{};             // the route's; no call is started after it
        RequestRecord* record = nullptr;  // gets `complete` and `failure`; may be null
        // Told when the run shall end earlier, because its grace has begun: expire() is to be
        // called at that time. May be empty.
        std::function<void(TimePoint)> ends_earlier{};
    };
    using Done = std::function<void(Answer&&)>;

    // The source and the clock outlive the composition.
    Composition(Job job, Source& source, const Clock& clock);
    // Cancels what still runs.
    ~Composition();
    Composition(const Composition&) = delete;
    Composition& operator=(const Composition&) = delete;

    // Called once. `done` is called once, maybe before start() returns, unless cancel() comes
    // first. It may destroy the composition.
    void start(Done done);

    // The route's deadline, or its grace, has passed: what is not finished fails with
    // FailureKind::deadline, and `done` is called before this returns. Without effect once the run
    // is over.
    void expire();

    // Nobody waits for the answer any more: the calls are cancelled and `done` is not called.
    // Without effect once the run is over.
    void cancel();

  private:
    bool is_over() const noexcept { return !done_; }
    void proceed(TimePoint now);
    void fail_unfinished();
    void begin_grace(TimePoint now);
    void apply(const Move& move);
    void decide_step(StepIndex index);
    void prepare_plain(StepIndex index);
    void prepare_loop(StepIndex index);
    void skip_step(StepIndex index);
    void fail_step(StepIndex index, Failure failure);
    void launch(StepIndex index, TimePoint now);
    void launch(Part& part, TimePoint now);
    void launch(BatchCall& batch, TimePoint now);
    CancelHandle start_call(StepCall&& call, TimePoint now, Completion completion);
    void ended(Part& part, Result<StepResult>&& result);
    void ended(BatchCall& batch, Result<StepResult>&& result);
    void part_finished(Part& part);
    void conclude();
    void cancel_calls();

    std::shared_ptr<Run> run_;
    Source& source_;
    const Clock& clock_;
    TimePoint deadline_;
    RequestRecord* record_;
    Done done_;
    std::function<void(TimePoint)> ends_earlier_;
    bool expired_ = false;
    bool in_grace_ = false;
    const Part* decisive_ = nullptr;  // of the required step whose failure is the answer
};

}  // namespace weft
