#include "upstream/circuit_breaker.hpp"

#include <algorithm>
#include <utility>

namespace weft {

CircuitBreaker::CircuitBreaker(const CircuitBreakerPolicy& policy, Jitter jitter)
    : policy_{policy}, jitter_{std::move(jitter)}, next_open_{policy.open} {}

std::optional<CircuitBreaker::Era> CircuitBreaker::admit(TimePoint now) {
    if (state_ == State::closed) return era_;
    if (state_ == State::trial || now < open_until_) return std::nullopt;
    state_ = State::trial;
    return ++era_;
}

void CircuitBreaker::ended(Era era, Verdict verdict, TimePoint now) {
    if (era != era_) return;
    if (state_ == State::closed) {
        count(verdict, now);
        return;
    }
    if (verdict == Verdict::good) return close();
    if (verdict != Verdict::none) return open(now);
    // The next call is a trial again.
    state_ = State::open;
}

void CircuitBreaker::count(Verdict verdict, TimePoint now) {
    if (verdict == Verdict::none) return;
    const std::int64_t number = slice_number(now);
    Slice& slice = window_[static_cast<std::size_t>(number) % slices];
    if (slice.number != number) slice = {number, 0, 0};
    ++slice.calls;
    if (verdict != Verdict::good) ++slice.failures;
    connect_failures_ = verdict == Verdict::not_connected ? connect_failures_ + 1 : 0;
    if (connect_failures_ >= policy_.connect_failures || too_many_failed(now)) open(now);
}

bool CircuitBreaker::too_many_failed(TimePoint now) const noexcept {
    const std::int64_t oldest = slice_number(now) - static_cast<std::int64_t>(slices) + 1;
    std::uint64_t calls = 0;
    std::uint64_t failures = 0;
    for (const Slice& slice : window_) {
        if (slice.number < oldest) continue;
        calls += slice.calls;
        failures += slice.failures;
    }
    return calls >= policy_.least_calls && failures * 100 >= calls * policy_.failure_percent;
}

std::int64_t CircuitBreaker::slice_number(TimePoint now) const noexcept {
    return now.time_since_epoch() / (policy_.window / static_cast<int>(slices));
}

// Up to a quarter shorter, so that workers and gateways do not come back all at once.
void CircuitBreaker::open(TimePoint now) {
    state_ = State::open;
    ++era_;
    const double part = 1 - jitter_() / 4;
    open_until_ =
        now +
        std::chrono::duration_cast<Duration>(std::chrono::duration<double>{next_open_} * part);
    next_open_ = std::min(next_open_ * 2, policy_.longest_open);
}

void CircuitBreaker::close() {
    state_ = State::closed;
    ++era_;
    window_ = {};
    connect_failures_ = 0;
    next_open_ = policy_.open;
}

}  // namespace weft
