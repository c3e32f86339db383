// Calls pass the service's circuit breaker, and it hears how they end.
#pragma once

#include <memory>

#include "upstream/call.hpp"
#include "upstream/circuit_breaker.hpp"
#include "upstream/layer_place.hpp"

namespace weft {

// The passage of one call: its breaker hears of its end, or when it is destroyed, that nobody
// waited for that. Whoever cancels a call at its deadline has waited long enough.
class Passage {
  public:
    // Nothing: the breaker does not let the call through.
    static std::shared_ptr<Passage> through(
        std::shared_ptr<CircuitBreaker> breaker, const Timers& timers, TimePoint deadline
    );

    Passage(
        std::shared_ptr<CircuitBreaker> breaker,
        CircuitBreaker::Era era,
        const Timers& timers,
        TimePoint deadline
    ) noexcept;
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;
    ~Passage() { ended(timers_.now() < deadline_ ? Verdict::none : Verdict::bad); }

    void ended(Verdict verdict);

  private:
    std::shared_ptr<CircuitBreaker> breaker_;
    CircuitBreaker::Era era_;
    const Timers& timers_;
    TimePoint deadline_;
};

StartCall through_breaker(
    StartCall next, std::shared_ptr<CircuitBreaker> breaker, LayerPlace place
);

}  // namespace weft
