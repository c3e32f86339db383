// Deadlines for everything that waits. An Alarm is a member of the object that waits, so arming and
// disarming allocate nothing. Timers is a timing wheel without a clock or a socket of its own:
// production drives it from one steady timer per worker (async/timer_driver.hpp), tests drive it in
// virtual time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

#include "async/clock.hpp"

namespace weft {

class Timers;

// Calls `on_expiry` once, at the time it was armed for or up to one tick later. Disarmed by its
// destruction. Stays where it is in memory, because the wheel links it in place. The callback may
// arm or disarm any alarm and may destroy any, this one included.
class Alarm {
  public:
    Alarm(Timers& timers, std::function<void()> on_expiry);
    ~Alarm();
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    // Arms, or moves an armed alarm. A time that has passed expires at the next turn, never inside
    // this call.
    void arm(TimePoint when);
    void disarm() noexcept;
    bool armed() const noexcept { return link_ != nullptr; }
    TimePoint when() const noexcept { return when_; }

  private:
    friend class Timers;

    Timers& timers_;
    std::function<void()> on_expiry_;
    TimePoint when_{};
    Alarm* next_ = nullptr;
    Alarm** link_ = nullptr;  // the pointer that points at this alarm; null: not armed
    std::size_t slot_ = 0;
};

class Timers {
  public:
    static constexpr std::chrono::milliseconds tick{4};

    explicit Timers(const Clock& clock);
    Timers(const Timers&) = delete;
    Timers& operator=(const Timers&) = delete;

    TimePoint now() const noexcept { return clock_.now(); }
    TimePoint now_exactly() const noexcept { return clock_.now_exactly(); }
    const Clock& clock() const noexcept { return clock_; }

    // Expires every alarm that is due, in the order of their ticks and then of arming, as far as
    // they are no more than one round of the wheel apart. Called by the driver. What a callback
    // throws comes out; the others stay due.
    void advance();

    // When advance() is to be called next; nothing while no alarm is armed. May be too early (an
    // alarm more than one round of the wheel ahead), never more than a tick late.
    std::optional<TimePoint> next_turn();

    // `wake` is called when an alarm is armed for earlier than next_turn() said last.
    void on_earlier_turn(std::function<void()> wake) { wake_ = std::move(wake); }

  private:
    friend class Alarm;

    static constexpr std::size_t slots = 1024;  // one round is 4.096 s; a power of two
    static constexpr std::size_t bits = 64;

    std::int64_t tick_of(TimePoint when) const noexcept;
    std::int64_t link(Alarm& alarm) noexcept;
    void unlink(Alarm& alarm) noexcept;
    void expire_slot(std::size_t slot, TimePoint now);
    std::optional<std::int64_t> next_tick() const noexcept;

    const Clock& clock_;
    TimePoint start_;
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

    std::int64_t passed_ = 0;        // the last tick that advance() has handled
    std::int64_t promised_ = never;  // the tick of what next_turn() said last
    std::array<Alarm*, slots> wheel_{};
    std::array<std::uint64_t, slots / bits> occupied_{};
    Alarm* due_ = nullptr;  // taken off the wheel by advance(), not called yet
    std::function<void()> wake_;
};

}  // namespace weft
