#include "upstream/entrance.hpp"

#include <utility>

#include "upstream/call_layers.hpp"
#include "upstream/limit_layer.hpp"

namespace weft {

std::shared_ptr<Entrance> Entrance::to(Upstream& upstream) {
    const auto* layers = upstream.layers();
    if (layers == nullptr || (!layers->breaker() && !layers->limit())) return nullptr;
    return std::make_shared<Entrance>(upstream);
}

Entrance::Entrance(Upstream& upstream)
    : upstream_{upstream},
      changed_{upstream.executor()},
      alarm_{upstream.timers(), [this] { give_up(FailureKind::connection_limit); }} {}

Awaitable<Result<void>> Entrance::enter(TimePoint deadline, const void* request) {
    const CallLayers& layers = *upstream_.layers();
    const TimePoint now = upstream_.timers().now();
    if (layers.breaker()) {
        passage_ = Passage::through(layers.breaker(), upstream_.timers(), deadline);
        if (!passage_) co_return Failure{FailureKind::unavailable};
    }
    if (!layers.limit()) co_return Result<void>{};
    if (auto slot = layers.limit()->take()) {
        slot_.emplace(std::move(*slot));
        co_return Result<void>{};
    }
    co_return co_await wait(wait_ends(now, deadline), request);
}

Awaitable<Result<void>> Entrance::wait(TimePoint until, const void* request) {
    const auto limit = upstream_.layers()->limit();
    if (!limit->wait(request, shared_from_this())) co_return Failure{FailureKind::connection_limit};
    alarm_.arm(until);
    while (!slot_ && !given_up_) co_await changed_.wait();
    alarm_.disarm();
    if (slot_) co_return Result<void>{};
    limit->leave(*this);
    co_return Failure{*given_up_};
}

void Entrance::on_slot(Slot slot) {
    slot_.emplace(std::move(slot));
    changed_.notify();
}

void Entrance::give_up(FailureKind why) {
    given_up_ = why;
    changed_.notify();
}

}  // namespace weft
