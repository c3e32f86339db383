#include "async/timer_driver.hpp"

namespace weft {

TimerDriver::TimerDriver(Executor executor, Timers& timers) : timers_{timers}, timer_{executor} {
    timers_.on_earlier_turn([this] { wait(); });
    wait();
}

TimerDriver::~TimerDriver() { timers_.on_earlier_turn({}); }

void TimerDriver::wait() {
    const auto turn = timers_.next_turn();
    if (!turn) return;
    timer_.expires_at(*turn);
    timer_.async_wait([this](const error_code& error) {
        if (error) return;  // moved to another time, or destroyed
        timers_.advance();
        wait();
    });
}

}  // namespace weft
