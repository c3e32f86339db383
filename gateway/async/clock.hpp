// The injected clock. Timing never follows the wall clock.
#pragma once

#include "async/time.hpp"

namespace weft {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const noexcept = 0;
};

class RealClock final : public Clock {
  public:
    TimePoint now() const noexcept override { return SteadyClock::now(); }
};

// Virtual time: stands still until it is moved.
class ManualClock final : public Clock {
  public:
    TimePoint now() const noexcept override { return now_; }
    void move(Duration by) noexcept { now_ += by; }

  private:
    TimePoint now_{std::chrono::hours{1}};
};

}  // namespace weft
