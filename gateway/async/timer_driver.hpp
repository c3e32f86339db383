// Turns a worker's Timers with one steady timer, which sleeps while no alarm is armed.
#pragma once

#include <memory>

#include "async/timers.hpp"
#include "async/types.hpp"

namespace weft {

class TimerDriver {
  public:
    TimerDriver(Executor executor, Timers& timers);
    ~TimerDriver();
    TimerDriver(const TimerDriver&) = delete;
    TimerDriver& operator=(const TimerDriver&) = delete;

  private:
    void wait();
    void turn();

    Timers& timers_;
    SteadyTimer timer_;
    std::shared_ptr<TimerDriver*> alive_ = std::make_shared<TimerDriver*>(this);
};

}  // namespace weft
