#include "async/timer_driver.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <vector>

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class TimerDriverTest : public testing::Test {
  protected:
    asio::io_context context_{1};
    RealClock clock_;
    Timers timers_{clock_};
};

TEST_F(TimerDriverTest, ExpiresAnAlarmAndThenLetsTheLoopEnd) {
    TimerDriver driver{context_.get_executor(), timers_};
    std::optional<TimePoint> expired;
    Alarm alarm{timers_, [&] { expired = clock_.now(); }};
    const TimePoint when = clock_.now() + milliseconds{15};
    alarm.arm(when);
    context_.run();
    ASSERT_TRUE(expired);
    EXPECT_GE(*expired, when);
}

TEST_F(TimerDriverTest, TurnsForAlarmsArmedBeforeItWasThere) {
    int calls = 0;
    Alarm alarm{timers_, [&] { ++calls; }};
    alarm.arm(clock_.now() + milliseconds{5});
    TimerDriver driver{context_.get_executor(), timers_};
    context_.run();
    EXPECT_EQ(calls, 1);
}

TEST_F(TimerDriverTest, MovesForwardWhenAnEarlierAlarmIsArmed) {
    TimerDriver driver{context_.get_executor(), timers_};
    std::vector<int> order;
    Alarm late{timers_, [&] { order.push_back(2); }};
    Alarm early{timers_, [&] {
                    order.push_back(1);
                    late.arm(clock_.now() + milliseconds{5});
                }};
    late.arm(clock_.now() + seconds{3600});
    early.arm(clock_.now() + milliseconds{5});
    context_.run();
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST_F(TimerDriverTest, DestroyedWithItsWakeUpAlreadyOnTheWayDoesNothing) {
    int calls = 0;
    Alarm alarm{timers_, [&] { ++calls; }};
    std::optional<TimerDriver> driver;
    driver.emplace(context_.get_executor(), timers_);
    alarm.arm(clock_.now() - seconds{1});
    while (clock_.now() < *timers_.next_turn()) {
    }
    // The first handler of this batch destroys the driver; the second one is the driver's own.
    SteadyTimer first{context_};
    first.expires_at(TimePoint::min());
    first.async_wait([&](const error_code&) { driver.reset(); });
    context_.run();
    EXPECT_EQ(calls, 0);
    EXPECT_TRUE(alarm.armed());
}

TEST_F(TimerDriverTest, GoesOnAfterACallbackThatThrew) {
    TimerDriver driver{context_.get_executor(), timers_};
    int calls = 0;
    Alarm bad{timers_, [] { throw std::runtime_error{"a bug"}; }};
    Alarm good{timers_, [&] { ++calls; }};
    bad.arm(clock_.now());
    EXPECT_THROW(
        {
            good.arm(clock_.now() + milliseconds{10});
            context_.run();
        },
        std::runtime_error
    );
    context_.run();
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace weft
