#include "upstream/coalesce_layer.hpp"

#include <unordered_map>
#include <utility>

#include "upstream/coalesce_key.hpp"

namespace weft {
namespace {

class SharedCall;
class Participant;

// The calls on their way that others may join, by their keys.
class CoalesceLayer : public std::enable_shared_from_this<CoalesceLayer> {
  public:
    CoalesceLayer(StartCall next, LayerPlace place) : next_{std::move(next)}, place_{place} {}

    Call start(CallRequest request, CallCompletion completion);
    void forget(const std::string& key, const SharedCall& call) noexcept {
        const auto found = shared_.find(key);
        if (found != shared_.end() && found->second == &call) shared_.erase(found);
    }

  private:
    StartCall next_;
    LayerPlace place_;
    std::unordered_map<std::string, SharedCall*> shared_;
};

// Held by the completion of the call that it is.
class SharedCall : public std::enable_shared_from_this<SharedCall> {
  public:
    SharedCall(std::weak_ptr<CoalesceLayer> layer, std::string key, TimePoint deadline)
        : layer_{std::move(layer)}, key_{std::move(key)}, deadline_{deadline} {}
    ~SharedCall() { forget(); }
    SharedCall(const SharedCall&) = delete;
    SharedCall& operator=(const SharedCall&) = delete;

    TimePoint deadline() const noexcept { return deadline_; }
    void is(Call call) { call_ = std::move(call); }
    void add(std::shared_ptr<Participant> participant) {
        participants_.push_back(std::move(participant));
    }
    // The record of the call if that was the last, because then it is cancelled.
    std::optional<CallRecord> remove(const Participant& participant);
    void ended(Result<CallAnswer> answer, CallRecord record);

  private:
    void forget() noexcept {
        if (const auto layer = layer_.lock()) layer->forget(key_, *this);
    }

    std::weak_ptr<CoalesceLayer> layer_;
    std::string key_;
    TimePoint deadline_;
    Call call_;
    std::vector<std::shared_ptr<Participant>> participants_;
};

class Participant final : public RunningCall, public std::enable_shared_from_this<Participant> {
  public:
    Participant(const LayerPlace& place, const CallRequest& request, CallCompletion completion)
        : timers_{place.timers},
          upstream_{place.upstream},
          started_{timers_.now()},
          ends_by_route_{request.ends_by_route},
          completion_{std::move(completion)},
          alarm_{timers_, [this] { on_deadline(); }} {
        alarm_.arm(request.deadline);
    }

    void takes_part_in(const std::shared_ptr<SharedCall>& shared) {
        shared_ = shared;
        shared->add(shared_from_this());
    }
    void ended(Result<CallAnswer> answer, CallRecord record);
    std::optional<CallRecord> cancel() override;

  private:
    void on_deadline();
    // The record of the shared call if it is cancelled with this, its last participant.
    CallRecord leave();

    Timers& timers_;
    std::string upstream_;
    TimePoint started_;
    bool ends_by_route_;
    bool overdue_ = false;
    CallCompletion completion_;
    std::weak_ptr<SharedCall> shared_;
    Alarm alarm_;
};

void Participant::ended(Result<CallAnswer> answer, CallRecord record) {
    if (!completion_) return;
    alarm_.disarm();
    record.duration = timers_.now() - started_;
    const auto completion = std::exchange(completion_, nullptr);
    completion(std::move(answer), std::move(record));
}

CallRecord Participant::leave() {
    CallRecord record;
    record.upstream = upstream_;
    record.attempts = 0;
    if (const auto shared = shared_.lock()) {
        if (auto last = shared->remove(*this)) record = std::move(*last);
    }
    record.duration = timers_.now() - started_;
    return record;
}

std::optional<CallRecord> Participant::cancel() {
    if (!completion_) return std::nullopt;
    const auto self = shared_from_this();
    completion_ = nullptr;
    alarm_.disarm();
    CallRecord record = leave();
    record.end = CallEnd::cancelled;
    return record;
}

// An event loop that is late hears of the alarm before it hears of the answer, so the answer gets
// one more turn.
void Participant::on_deadline() {
    if (!std::exchange(overdue_, true)) return alarm_.arm(timers_.now());
    const auto self = shared_from_this();
    const auto completion = std::exchange(completion_, nullptr);
    CallRecord record = leave();
    record.end = CallEnd::unknown;
    record.failure = ends_by_route_ ? FailureKind::deadline : FailureKind::read_timeout;
    Failure failure{*record.failure};
    failure.at_upstream(upstream_);
    completion(std::move(failure), std::move(record));
}

std::optional<CallRecord> SharedCall::remove(const Participant& participant) {
    const auto self = shared_from_this();
    std::erase_if(participants_, [&](const auto& it) { return it.get() == &participant; });
    if (!participants_.empty()) return std::nullopt;
    forget();
    return call_.cancel();
}

// A completion may cancel other participants: those find that they have ended.
void SharedCall::ended(Result<CallAnswer> answer, CallRecord record) {
    forget();
    const auto participants = std::exchange(participants_, {});
    for (std::size_t i = 0; i + 1 < participants.size(); ++i) {
        participants[i]->ended(answer, record);
        // It was one exchange, whoever is told of it.
        record.attempts = 0;
    }
    participants.back()->ended(std::move(answer), std::move(record));
}

// The shared call may take twice the time of its first participant, so that others can join it all
// that participant's time.
Call CoalesceLayer::start(CallRequest request, CallCompletion completion) {
    if (!may_coalesce(request)) return next_(std::move(request), std::move(completion));
    auto participant = std::make_shared<Participant>(place_, request, std::move(completion));
    std::string key = coalesce_key(request);
    const auto found = shared_.find(key);
    if (found != shared_.end() && found->second->deadline() >= request.deadline) {
        participant->takes_part_in(found->second->shared_from_this());
        return Call{participant};
    }
    request.deadline += request.deadline - place_.timers.now();
    request.ends_by_route = false;
    auto shared = std::make_shared<SharedCall>(weak_from_this(), key, request.deadline);
    participant->takes_part_in(shared);
    shared_.insert_or_assign(std::move(key), shared.get());
    shared->is(next_(std::move(request), [shared](Result<CallAnswer> answer, CallRecord record) {
        shared->ended(std::move(answer), std::move(record));
    }));
    return Call{participant};
}

}  // namespace

StartCall coalesced(StartCall next, LayerPlace place) {
    auto layer = std::make_shared<CoalesceLayer>(std::move(next), place);
    return [layer](CallRequest request, CallCompletion completion) {
        return layer->start(std::move(request), std::move(completion));
    };
}

}  // namespace weft
