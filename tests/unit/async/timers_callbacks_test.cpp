// What an alarm may do to itself and to others while it expires.
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "async/timers.hpp"
#include "unit/async/timers_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_F(TimersTest, AnAlarmMayArmItselfInItsCallback) {
    std::vector<TimePoint> calls;
    std::unique_ptr<Alarm> alarm;
    alarm = std::make_unique<Alarm>(timers_, [&] {
        calls.push_back(timers_.now());
        if (calls.size() < 4) alarm->arm(timers_.now() + seconds{5});
    });
    alarm->arm(after(seconds{5}));
    pass(seconds{60});
    ASSERT_EQ(calls.size(), 4U);
    EXPECT_LE(calls[3] - calls[0], seconds{15} + 4 * Timers::tick);
    EXPECT_GE(calls[3] - calls[0], seconds{15});
}

TEST_F(TimersTest, AnAlarmThatAlwaysArmsItselfForThePastDoesNotHoldTheTurn) {
    int calls = 0;
    std::unique_ptr<Alarm> alarm;
    alarm = std::make_unique<Alarm>(timers_, [&] {
        ++calls;
        alarm->arm(TimePoint{});
    });
    alarm->arm(TimePoint{});
    clock_.move(seconds{1});
    timers_.advance();
    EXPECT_EQ(calls, 1);
    pass(10 * Timers::tick);
    EXPECT_EQ(calls, 11);
}

TEST_F(TimersTest, AnAlarmMayDestroyItselfInItsCallback) {
    int calls = 0;
    std::unique_ptr<Alarm> alarm;
    alarm = std::make_unique<Alarm>(timers_, [&] {
        alarm.reset();
        ++calls;
    });
    alarm->arm(after(milliseconds{10}));
    pass(seconds{1});
    EXPECT_EQ(calls, 1);
}

TEST_F(TimersTest, ACallbackMayDisarmAlarmsThatAreDueInTheSameTurn) {
    int calls = 0;
    std::vector<std::unique_ptr<Alarm>> alarms;
    for (int i = 0; i < 5; ++i) {
        alarms.push_back(std::make_unique<Alarm>(timers_, [&] {
            ++calls;
            for (const auto& alarm : alarms) alarm->disarm();
        }));
        alarms.back()->arm(after(milliseconds{10 * (i / 2)}));
    }
    clock_.move(seconds{1});
    timers_.advance();
    EXPECT_EQ(calls, 1);
    EXPECT_FALSE(timers_.next_turn());
}

TEST_F(TimersTest, ACallbackMayDestroyAlarmsThatAreDueInTheSameTurn) {
    int calls = 0;
    std::vector<std::unique_ptr<Alarm>> alarms;
    for (int i = 0; i < 5; ++i) {
        alarms.push_back(std::make_unique<Alarm>(timers_, [&] {
            ++calls;
            auto all = std::move(alarms);
            alarms.clear();
        }));
        alarms.back()->arm(after(milliseconds{10}));
    }
    clock_.move(seconds{1});
    timers_.advance();
    EXPECT_EQ(calls, 1);
}

TEST_F(TimersTest, ACallbackMayPutOffAnAlarmThatIsDueInTheSameTurn) {
    std::vector<std::string> calls;
    Alarm second{timers_, [&] { calls.emplace_back("second"); }};
    Alarm first{timers_, [&] {
                    calls.emplace_back("first");
                    second.arm(timers_.now() + seconds{1});
                }};
    first.arm(after(milliseconds{10}));
    second.arm(after(milliseconds{20}));
    clock_.move(milliseconds{100});
    timers_.advance();
    EXPECT_EQ(calls, (std::vector<std::string>{"first"}));
    pass(seconds{2});
    EXPECT_EQ(calls, (std::vector<std::string>{"first", "second"}));
}

TEST_F(TimersTest, ACallbackThatThrowsDelaysNoOtherAlarm) {
    int calls = 0;
    Alarm bad{timers_, [] { throw std::runtime_error{"a bug"}; }};
    Alarm good{timers_, [&] { ++calls; }};
    bad.arm(after(milliseconds{10}));
    good.arm(after(milliseconds{20}));
    clock_.move(milliseconds{100});
    EXPECT_THROW(timers_.advance(), std::runtime_error);
    ASSERT_TRUE(timers_.next_turn());
    EXPECT_LE(*timers_.next_turn(), clock_.now());
    timers_.advance();
    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace weft
