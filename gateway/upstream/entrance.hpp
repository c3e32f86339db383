// The way of an exchange that is no call past its upstream's breaker and concurrency limit: what
// the layers are for calls.
#pragma once

#include <memory>
#include <optional>

#include "async/signal.hpp"
#include "upstream/breaker_layer.hpp"
#include "upstream/concurrency_limit.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// Its slot is held as long as it lives. Held by shared_ptr, because the limit's queue holds it,
// too.
class Entrance final : public SlotWaiter, public std::enable_shared_from_this<Entrance> {
  public:
    // Null where the upstream has neither; it outlives what is returned.
    static std::shared_ptr<Entrance> to(Upstream& upstream);

    explicit Entrance(Upstream& upstream);

    // Fails with unavailable, or with connection_limit after half of the time at the latest. To be
    // called once. `request`: whose exchange it is.
    Awaitable<Result<void>> enter(TimePoint deadline, const void* request);
    // Ends the wait with client_gone.
    void cancel() { give_up(FailureKind::client_gone); }

    // How the exchange has ended; only the first word counts.
    void ended(Verdict verdict) {
        if (passage_) passage_->ended(verdict);
    }

  private:
    Awaitable<Result<void>> wait(TimePoint until, const void* request);
    void on_slot(Slot slot) override;
    void give_up(FailureKind why);

    Upstream& upstream_;
    std::shared_ptr<Passage> passage_;
    std::optional<Slot> slot_;
    std::optional<FailureKind> given_up_;
    Signal changed_;
    Alarm alarm_;
};

}  // namespace weft
