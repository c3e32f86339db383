// Turns a worker's Timers with one steady timer, which sleeps while no alarm is armed.
#pragma once

#include "async/timers.hpp"

namespace weft {

class TimerDriver {
  public:
    TimerDriver(Executor executor, Timers& timers);
    ~TimerDriver();
    TimerDriver(const TimerDriver&) = delete;
    TimerDriver& operator=(const TimerDriver&) = delete;

  private:
    void wait();

    Timers& timers_;
    SteadyTimer timer_;
};

}  // namespace weft
