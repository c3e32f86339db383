// Whether calls to a service are worth making. Closed, it counts how calls end in a sliding window;
// when too many fail it opens and lets none pass for a while, then one, whose end decides. Plain
// data: no clock and no timer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "upstream/jitter.hpp"
#include "upstream/policies.hpp"
#include "upstream/verdict.hpp"

namespace weft {

class CircuitBreaker {
  public:
    // What a call that may pass was admitted in; its end is told with it, once.
    using Era = std::uint64_t;

    CircuitBreaker(const CircuitBreakerPolicy& policy, Jitter jitter);

    // Nothing: the call must not be made.
    std::optional<Era> admit(TimePoint now);

    // Ends of calls that were admitted before the breaker last changed count no more.
    void ended(Era era, Verdict verdict, TimePoint now);

    bool is_closed() const noexcept { return state_ == State::closed; }

  private:
    enum class State : std::uint8_t { closed, open, trial };

    // A tenth of the window.
    struct Slice {
        std::int64_t number = -1;
        std::uint32_t calls = 0;
        std::uint32_t failures = 0;
    };
    static constexpr std::size_t slices = 10;

    void count(Verdict verdict, TimePoint now);
    bool too_many_failed(TimePoint now) const noexcept;
    std::int64_t slice_number(TimePoint now) const noexcept;
    void open(TimePoint now);
    void close();

    CircuitBreakerPolicy policy_;
    Jitter jitter_;
    State state_ = State::closed;
    Era era_ = 0;
    std::array<Slice, slices> window_{};
    std::uint32_t connect_failures_ = 0;  // in a row
    Duration next_open_;
    TimePoint open_until_{};
};

}  // namespace weft
