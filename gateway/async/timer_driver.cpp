#include "async/timer_driver.hpp"

namespace weft {

TimerDriver::TimerDriver(Executor executor, Timers& timers) : timers_{timers}, timer_{executor} {
    timers_.on_earlier_turn([this] { wait(); });
    wait();
}

TimerDriver::~TimerDriver() { timers_.on_earlier_turn({}); }

void TimerDriver::wait() {
    const auto next = timers_.next_turn();
    if (!next) return;
    timer_.expires_at(*next);
    // A handler that is already queued is called without an error even after the driver was
    // destroyed.
    timer_.async_wait([this, alive = std::weak_ptr{alive_}](const error_code& error) {
        if (error || alive.expired()) return;
        turn();
    });
}

void TimerDriver::turn() {
    try {
        timers_.advance();
    } catch (...) {
        wait();
        throw;
    }
    wait();
}

}  // namespace weft
