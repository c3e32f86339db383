// Lets one through each second, whichever thread it is on: for lines of the log that would
// otherwise repeat without end.
#pragma once

#include <atomic>

#include "async/time.hpp"

namespace weft {

class OnceASecond {
  public:
    bool pass(TimePoint now) noexcept {
        auto last = last_.load(std::memory_order_relaxed);
        const auto current = now.time_since_epoch().count();
        if (last != 0 && current - last < Duration{std::chrono::seconds{1}}.count()) return false;
        return last_.compare_exchange_strong(last, current, std::memory_order_relaxed);
    }

  private:
    std::atomic<Duration::rep> last_{0};  // 0: never
};

}  // namespace weft
