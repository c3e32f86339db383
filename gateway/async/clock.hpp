// The injected clock. Timing never follows the wall clock.
#pragma once

#include <optional>

#include "async/time.hpp"

namespace weft {

class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const noexcept = 0;
    // Where now() may lag behind: to measure how long something took that has just ended.
    virtual TimePoint now_exactly() const noexcept { return now(); }
};

class RealClock final : public Clock {
  public:
    TimePoint now() const noexcept override { return SteadyClock::now(); }
};

// An event loop's: within an event the time stands still from when it is first asked for, which
// saves most of the readings (25 ns each). Between two events it is that of RealClock.
class EventClock final : public Clock {
  public:
    TimePoint now() const noexcept override { return time_ ? *time_ : now_exactly(); }
    TimePoint now_exactly() const noexcept override {
        const TimePoint time = SteadyClock::now();
        if (in_event_) time_ = time;
        return time;
    }

    void event_begins() noexcept {
        in_event_ = true;
        time_.reset();
    }
    void event_ends() noexcept {
        in_event_ = false;
        time_.reset();
    }

  private:
    bool in_event_ = false;
    mutable std::optional<TimePoint> time_;  // of the event, once it has been asked for
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
