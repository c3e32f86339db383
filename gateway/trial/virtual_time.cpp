#include "trial/virtual_time.hpp"

#include <algorithm>
#include <utility>

namespace weft {

void VirtualTime::at(TimePoint when, std::function<void()> then) {
    events_.emplace(when, std::move(then));
}

void VirtualTime::settle() {
    context_.restart();
    context_.poll();
}

bool VirtualTime::run_until(const std::function<bool()>& over) {
    const TimePoint limit = now() + longest_run;
    for (;;) {
        settle();
        if (over()) return true;
        if (!jump(limit)) return false;
    }
}

// To the next moment, and does what is due then: alarms first, so that what takes as long as it may
// comes too late.
bool VirtualTime::jump(TimePoint limit) {
    TimePoint next = TimePoint::max();
    if (!events_.empty()) next = events_.begin()->first;
    if (const auto turn = timers_.next_turn()) next = std::min(next, *turn);
    if (next > limit) return false;
    if (next > now()) clock_.move(next - now());
    timers_.advance();
    while (!events_.empty() && events_.begin()->first <= now()) {
        const auto event = events_.extract(events_.begin());
        event.mapped()();
    }
    return true;
}

}  // namespace weft
