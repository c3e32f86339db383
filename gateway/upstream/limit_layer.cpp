#include "upstream/limit_layer.hpp"

#include <utility>

#include "upstream/refused_call.hpp"

namespace weft {
namespace {

// The slot is free before the completion runs: what that starts may need it.
CallCompletion with_slot(Slot slot, CallCompletion completion) {
    return [slot = std::make_shared<Slot>(std::move(slot)),
            completion = std::move(completion)](Result<CallAnswer> answer, CallRecord record) {
        slot->release();
        completion(std::move(answer), std::move(record));
    };
}

class LimitLayer {
  public:
    LimitLayer(StartCall next, std::shared_ptr<ConcurrencyLimit> limit, LayerPlace place)
        : next_{std::move(next)}, limit_{std::move(limit)}, place_{place} {}

    Call start(CallRequest request, CallCompletion completion);

    Call start_with(Slot slot, CallRequest request, CallCompletion completion) const {
        return next_(std::move(request), with_slot(std::move(slot), std::move(completion)));
    }
    void leave(const SlotWaiter& waiter) const noexcept { limit_->leave(waiter); }
    const LayerPlace& place() const noexcept { return place_; }

  private:
    StartCall next_;
    std::shared_ptr<ConcurrencyLimit> limit_;
    LayerPlace place_;
};

// The queue holds it while it waits, the call that it starts after that.
class WaitingCall final : public RunningCall,
                          public SlotWaiter,
                          public std::enable_shared_from_this<WaitingCall> {
  public:
    WaitingCall(const LimitLayer& layer, CallRequest request, CallCompletion completion)
        : layer_{layer},
          request_{std::move(request)},
          completion_{std::move(completion)},
          timers_{layer.place().timers},
          started_{timers_.now()},
          alarm_{timers_, [this] { give_up(); }} {
        alarm_.arm(wait_ends(started_, request_.deadline));
    }

    void on_slot(Slot slot) override;
    std::optional<CallRecord> cancel() override;
    CallCompletion take_completion() { return std::exchange(completion_, nullptr); }

  private:
    void give_up();
    CallRecord record_of(FailureKind why) const;

    const LimitLayer& layer_;  // there as long as the queue is
    CallRequest request_;
    CallCompletion completion_;
    Timers& timers_;
    TimePoint started_;
    Alarm alarm_;
    Call call_;
};

void WaitingCall::on_slot(Slot slot) {
    alarm_.disarm();
    const auto ended = [self = shared_from_this()](Result<CallAnswer> answer, CallRecord record) {
        record.duration = self->timers_.now() - self->started_;
        const auto completion = self->take_completion();
        completion(std::move(answer), std::move(record));
    };
    call_ = layer_.start_with(std::move(slot), std::move(request_), ended);
}

void WaitingCall::give_up() {
    const auto self = shared_from_this();
    layer_.leave(*this);
    Failure failure{FailureKind::connection_limit, "no other call ended in time"};
    failure.at_upstream(layer_.place().upstream);
    const auto completion = take_completion();
    completion(std::move(failure), record_of(FailureKind::connection_limit));
}

std::optional<CallRecord> WaitingCall::cancel() {
    if (!completion_) return std::nullopt;
    const auto self = shared_from_this();
    completion_ = nullptr;
    if (!alarm_.armed()) return call_.cancel();
    alarm_.disarm();
    layer_.leave(*this);
    CallRecord record = record_of(FailureKind::client_gone);
    record.end = CallEnd::cancelled;
    record.failure.reset();
    return record;
}

CallRecord WaitingCall::record_of(FailureKind why) const {
    CallRecord record = refused_record(layer_.place().upstream, why);
    record.duration = timers_.now() - started_;
    return record;
}

Call LimitLayer::start(CallRequest request, CallCompletion completion) {
    if (auto slot = limit_->take()) {
        return start_with(std::move(*slot), std::move(request), std::move(completion));
    }
    const void* const whose = request.made_for;
    auto waiting = std::make_shared<WaitingCall>(*this, std::move(request), std::move(completion));
    if (limit_->wait(whose, waiting)) return Call{waiting};
    return refuse_call(place_, FailureKind::connection_limit, waiting->take_completion());
}

}  // namespace

StartCall through_limit(StartCall next, std::shared_ptr<ConcurrencyLimit> limit, LayerPlace place) {
    auto layer = std::make_shared<LimitLayer>(std::move(next), std::move(limit), place);
    return [layer](CallRequest request, CallCompletion completion) {
        return layer->start(std::move(request), std::move(completion));
    };
}

}  // namespace weft
