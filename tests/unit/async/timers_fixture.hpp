// Timers in virtual time.
#pragma once

#include <gtest/gtest.h>

#include "async/timers.hpp"

namespace weft {

class TimersTest : public testing::Test {
  protected:
    // Turns the wheel exactly when it asks to be turned, as a driver would, until `by` has passed.
    void pass(Duration by) {
        const TimePoint end = clock_.now() + by;
        for (auto turn = timers_.next_turn(); turn && *turn <= end; turn = timers_.next_turn()) {
            if (*turn > clock_.now()) clock_.move(*turn - clock_.now());
            timers_.advance();
            ++turns_;
        }
        clock_.move(end - clock_.now());
    }

    TimePoint after(Duration by) const { return clock_.now() + by; }

    ManualClock clock_;
    Timers timers_{clock_};
    int turns_ = 0;
};

}  // namespace weft
