#include "async/timers.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace weft {

Alarm::Alarm(Timers& timers, std::function<void()> on_expiry)
    : timers_{timers}, on_expiry_{std::move(on_expiry)} {}

Alarm::~Alarm() { disarm(); }

void Alarm::arm(TimePoint when) {
    disarm();
    when_ = when;
    const std::int64_t at = timers_.link(*this);
    // Whoever turns the wheel comes at the promised tick even if what that was for is disarmed, so
    // that alarms which hardly ever expire cost the system no timer.
    if (at >= timers_.promised_) return;
    timers_.promised_ = at;
    if (timers_.wake_) timers_.wake_();
}

void Alarm::disarm() noexcept {
    if (armed()) timers_.unlink(*this);
}

Timers::Timers(const Clock& clock) : clock_{clock}, start_{clock.now()} {}

// The first tick at which `when` has passed, so that no alarm expires early.
std::int64_t Timers::tick_of(TimePoint when) const noexcept {
    if (when <= start_) return 0;
    const Duration since = when - start_;
    return since / tick + (since % tick == Duration::zero() ? 0 : 1);
}

// Returns the tick at which the alarm's slot is turned next.
std::int64_t Timers::link(Alarm& alarm) noexcept {
    const auto at = std::max(tick_of(alarm.when_), passed_ + 1);
    alarm.slot_ = static_cast<std::size_t>(at) % slots;
    Alarm*& head = wheel_[alarm.slot_];
    alarm.next_ = head;
    alarm.link_ = &head;
    if (head != nullptr) head->link_ = &alarm.next_;
    head = &alarm;
    occupied_[alarm.slot_ / bits] |= std::uint64_t{1} << (alarm.slot_ % bits);
    return at;
}

void Timers::unlink(Alarm& alarm) noexcept {
    *alarm.link_ = alarm.next_;
    if (alarm.next_ != nullptr) alarm.next_->link_ = alarm.link_;
    alarm.next_ = nullptr;
    alarm.link_ = nullptr;
    if (wheel_[alarm.slot_] == nullptr) {
        occupied_[alarm.slot_ / bits] &= ~(std::uint64_t{1} << (alarm.slot_ % bits));
    }
}

void Timers::expire_slot(std::size_t slot, TimePoint now) {
    for (Alarm* alarm = wheel_[slot]; alarm != nullptr;) {
        Alarm* const next = alarm->next_;
        if (alarm->when_ <= now) {
            unlink(*alarm);
            alarm->next_ = due_;
            alarm->link_ = &due_;
            if (due_ != nullptr) due_->link_ = &alarm->next_;
            due_ = alarm;
        }
        alarm = next;
    }
}

void Timers::advance() {
    const TimePoint now = clock_.now();
    const auto current = (now - start_) / tick;
    const auto first = std::max(passed_ + 1, current - static_cast<std::int64_t>(slots) + 1);
    // Backwards, and each slot from its last armed alarm, because each alarm goes before those
    // already due.
    for (auto at = current; at >= first; --at) {
        expire_slot(static_cast<std::size_t>(at) % slots, now);
    }
    passed_ = std::max(passed_, current);
    while (due_ != nullptr) {
        Alarm& alarm = *due_;
        unlink(alarm);
        // A copy, because the callback may destroy the alarm.
        const auto on_expiry = alarm.on_expiry_;
        on_expiry();
    }
}

std::optional<std::int64_t> Timers::next_tick() const noexcept {
    const auto from = static_cast<std::size_t>(passed_ + 1) % slots;
    for (std::size_t step = 0; step <= slots;) {
        const std::size_t slot = (from + step) % slots;
        const std::uint64_t rest = occupied_[slot / bits] >> (slot % bits);
        if (rest != 0) {
            return passed_ + 1 + static_cast<std::int64_t>(step) + std::countr_zero(rest);
        }
        step += bits - slot % bits;
    }
    return std::nullopt;
}

std::optional<TimePoint> Timers::next_turn() {
    // Left behind by a callback that threw.
    if (due_ != nullptr) return start_ + passed_ * tick;
    const auto at = next_tick();
    promised_ = at.value_or(never);
    if (!at) return std::nullopt;
    return start_ + *at * tick;
}

}  // namespace weft
