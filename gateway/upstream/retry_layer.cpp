#include "upstream/retry_layer.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "upstream/retry_budget.hpp"
#include "upstream/retry_rule.hpp"

namespace weft {
namespace {

class RetriedCall;

// Shared by the calls of one upstream. Holds those that rest, which nothing else does.
class RetryLayer : public std::enable_shared_from_this<RetryLayer> {
  public:
    RetryLayer(StartCall next, RetryPolicy policy, Timers& timers, Jitter jitter)
        : next_{std::move(next)},
          policy_{std::move(policy)},
          timers_{timers},
          jitter_{std::move(jitter)} {}

    Call start(CallRequest request, CallCompletion completion);
    Call start_attempt(CallRequest request, CallCompletion completion) const {
        return next_(std::move(request), std::move(completion));
    }
    // For how long to rest before the next attempt, which is then counted; nothing: none is to be
    // made.
    std::optional<Duration> rest_after(
        const CallRequest& request, std::uint32_t attempts, const Result<CallAnswer>& end
    );
    void keep(std::shared_ptr<RetriedCall> resting) { resting_.insert(std::move(resting)); }
    void let_go(const std::shared_ptr<RetriedCall>& rested) { resting_.erase(rested); }

    const RetryPolicy& policy() const noexcept { return policy_; }
    Timers& timers() const noexcept { return timers_; }

  private:
    StartCall next_;
    RetryPolicy policy_;
    Timers& timers_;
    Jitter jitter_;
    RetryBudget budget_;
    std::unordered_set<std::shared_ptr<RetriedCall>> resting_;
};

class RetriedCall final : public RunningCall, public std::enable_shared_from_this<RetriedCall> {
  public:
    RetriedCall(RetryLayer& layer, CallRequest request, CallCompletion completion)
        : layer_{layer.weak_from_this()},
          request_{std::move(request)},
          completion_{std::move(completion)},
          timers_{layer.timers()},
          started_{timers_.now()},
          rest_{timers_, [this] { rested(); }} {}

    void attempt(const RetryLayer& layer);
    std::optional<CallRecord> cancel() override;

  private:
    void attempt_ended(Result<CallAnswer> end, CallRecord record);
    void rested();
    // Of all attempts, of which this is the last.
    CallRecord whole(CallRecord record) const;

    std::weak_ptr<RetryLayer> layer_;
    CallRequest request_;
    CallCompletion completion_;
    Timers& timers_;
    TimePoint started_;
    Alarm rest_;
    Call call_;
    CallRecord last_;  // while it rests
    std::uint32_t attempts_ = 0;
    std::uint32_t exchanges_ = 0;  // of the attempts that have ended
};

void RetriedCall::attempt(const RetryLayer& layer) {
    ++attempts_;
    CallRequest asked = request_;
    const TimePoint now = timers_.now();
    if (layer.policy().attempt_timeout < request_.deadline - now) {
        asked.deadline = now + layer.policy().attempt_timeout;
        asked.ends_by_route = false;
    }
    const auto ended = [self = shared_from_this()](Result<CallAnswer> end, CallRecord record) {
        self->attempt_ended(std::move(end), std::move(record));
    };
    call_ = layer.start_attempt(std::move(asked), ended);
}

void RetriedCall::attempt_ended(Result<CallAnswer> end, CallRecord record) {
    const auto layer = layer_.lock();
    const auto rest = layer ? layer->rest_after(request_, attempts_, end) : std::nullopt;
    if (!rest) {
        const auto completion = std::exchange(completion_, nullptr);
        completion(std::move(end), whole(std::move(record)));
        return;
    }
    exchanges_ += record.attempts;
    last_ = std::move(record);
    layer->keep(shared_from_this());
    rest_.arm(timers_.now() + *rest);
}

void RetriedCall::rested() {
    const auto layer = layer_.lock();
    const auto self = shared_from_this();
    layer->let_go(self);
    attempt(*layer);
}

std::optional<CallRecord> RetriedCall::cancel() {
    if (!completion_) return std::nullopt;
    const auto self = shared_from_this();
    completion_ = nullptr;
    if (!rest_.armed()) {
        auto record = call_.cancel();
        return record ? std::optional{whole(std::move(*record))} : std::nullopt;
    }
    rest_.disarm();
    if (const auto layer = layer_.lock()) layer->let_go(self);
    last_.attempts = 0;
    last_.end = CallEnd::cancelled;
    return whole(std::move(last_));
}

CallRecord RetriedCall::whole(CallRecord record) const {
    record.attempts = static_cast<std::uint8_t>(std::min(record.attempts + exchanges_, 255U));
    record.duration = timers_.now() - started_;
    return record;
}

Call RetryLayer::start(CallRequest request, CallCompletion completion) {
    budget_.call_started();
    auto call = std::make_shared<RetriedCall>(*this, std::move(request), std::move(completion));
    call->attempt(*this);
    return Call{call};
}

std::optional<Duration> RetryLayer::rest_after(
    const CallRequest& request, std::uint32_t attempts, const Result<CallAnswer>& end
) {
    if (attempts >= policy_.attempts || !may_try_again(policy_, request, end)) return std::nullopt;
    const TimePoint now = timers_.now();
    const Duration asked = end.has_value() ? asked_rest(*end) : Duration::zero();
    const Duration rest = std::max(asked, backoff(policy_, attempts, jitter_));
    if (rest >= request.deadline - now || !budget_.take(now)) return std::nullopt;
    return rest;
}

}  // namespace

StartCall with_retries(StartCall next, RetryPolicy policy, Timers& timers, Jitter jitter) {
    auto layer =
        std::make_shared<RetryLayer>(std::move(next), std::move(policy), timers, std::move(jitter));
    return [layer](CallRequest request, CallCompletion completion) {
        return layer->start(std::move(request), std::move(completion));
    };
}

}  // namespace weft
