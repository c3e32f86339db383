// How many retries a service may get from one worker: a tenth of the calls to it, or three a second
// where that is more. So retries cannot multiply the load on a service that fails, and a service
// that is called rarely is still tried again. Plain data: no clock.
#pragma once

#include "async/time.hpp"

namespace weft {

class RetryBudget {
  public:
    static constexpr double share = 0.1;     // of the calls
    static constexpr double per_second = 3;  // for a service with few calls
    static constexpr double most_saved = 10;

    // Of the first attempt of a call.
    void call_started() noexcept;

    // Whether a retry may be made now; it is counted.
    bool take(TimePoint now) noexcept;

  private:
    double earned_ = 0;   // by calls
    double allowed_ = 0;  // by time
    TimePoint last_ = TimePoint::min();
};

}  // namespace weft
