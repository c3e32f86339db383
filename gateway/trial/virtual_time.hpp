// Time that stands still while anything can be done, and then jumps to the next moment at which
// something is due: a test waits for nothing, and the same test always takes the same time.
#pragma once

#include <functional>
#include <map>

#include "async/timers.hpp"
#include "async/types.hpp"

namespace weft {

class VirtualTime {
  public:
    // A run that would take longer has gone wrong.
    static constexpr std::chrono::hours longest_run{24};

    TimePoint now() const noexcept { return clock_.now(); }
    Timers& timers() noexcept { return timers_; }
    Executor executor() noexcept { return context_.get_executor(); }

    // Calls `then` at that time, to the nanosecond, which Timers would round to its ticks.
    void at(TimePoint when, std::function<void()> then);

    // Returns true once `over` says so. False: it never will, because nothing is left to be done.
    // What a coroutine throws without anybody to take it comes out.
    bool run_until(const std::function<bool()>& over);

    // Does what can be done now.
    void settle();

  private:
    bool jump(TimePoint limit);

    ManualClock clock_;
    Timers timers_{clock_};
    std::multimap<TimePoint, std::function<void()>> events_;
    asio::io_context context_{1};  // behind what its coroutines use while they are destroyed
};

}  // namespace weft
