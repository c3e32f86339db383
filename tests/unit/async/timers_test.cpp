#include "async/timers.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "unit/async/timers_fixture.hpp"

namespace weft {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Wait {
    const char* name;
    Duration by;
};

class TimersWait : public TimersTest, public testing::WithParamInterface<Wait> {};

TEST_P(TimersWait, ExpiresNeverEarlyAndAtMostOneTickLate) {
    std::optional<TimePoint> expired;
    Alarm alarm{timers_, [&] { expired = timers_.now(); }};
    pass(milliseconds{1});  // off the grid of ticks
    const TimePoint when = after(GetParam().by);
    alarm.arm(when);
    pass(GetParam().by + 2 * Timers::tick);
    ASSERT_TRUE(expired);
    EXPECT_GE(*expired, when);
    EXPECT_LE(*expired, when + Timers::tick);
    EXPECT_FALSE(alarm.armed());
    EXPECT_FALSE(timers_.next_turn());
}

INSTANTIATE_TEST_SUITE_P(
    Spans,
    TimersWait,
    testing::Values(
        Wait{"one_nanosecond", Duration{1}},
        Wait{"less_than_a_tick", microseconds{700}},
        Wait{"one_tick", Timers::tick},
        Wait{"one_tick_and_a_bit", Timers::tick + Duration{1}},
        Wait{"a_round_less_a_tick", milliseconds{4092}},
        Wait{"one_round", milliseconds{4096}},
        Wait{"a_round_and_a_tick", milliseconds{4100}},
        Wait{"many_rounds", seconds{61}},
        Wait{"a_day", hours{24}}
    ),
    [](const auto& row) { return std::string{row.param.name}; }
);

TEST_F(TimersTest, HasNoTurnWhileNothingIsArmed) {
    Alarm alarm{timers_, [] {}};
    EXPECT_FALSE(timers_.next_turn());
    alarm.arm(after(seconds{1}));
    EXPECT_TRUE(timers_.next_turn());
    alarm.disarm();
    EXPECT_FALSE(timers_.next_turn());
}

TEST_F(TimersTest, ATimeThatHasPassedExpiresAtTheNextTurnAndNotInsideArm) {
    int calls = 0;
    Alarm alarm{timers_, [&] { ++calls; }};
    clock_.move(seconds{10});
    alarm.arm(clock_.now() - seconds{3});
    EXPECT_EQ(calls, 0);
    pass(Timers::tick);
    EXPECT_EQ(calls, 1);
}

TEST_F(TimersTest, TheEndsOfTimeAreValidTimes) {
    int calls = 0;
    Alarm never{timers_, [&] { ++calls; }};
    Alarm at_once{timers_, [&] { calls += 10; }};
    never.arm(TimePoint::max());
    at_once.arm(TimePoint::min());
    pass(seconds{30});
    EXPECT_EQ(calls, 10);
    EXPECT_TRUE(never.armed());
}

TEST_F(TimersTest, ArmingAgainMovesTheAlarm) {
    int calls = 0;
    Alarm alarm{timers_, [&] { ++calls; }};
    alarm.arm(after(milliseconds{20}));
    alarm.arm(after(milliseconds{200}));
    pass(milliseconds{100});
    EXPECT_EQ(calls, 0);
    alarm.arm(after(milliseconds{20}));
    pass(milliseconds{24});
    EXPECT_EQ(calls, 1);
    pass(seconds{10});
    EXPECT_EQ(calls, 1);
}

// All are due in the same turn; whichever is called first stops all others.
TEST_F(TimersTest, AlarmsExpireInTheOrderOfTheirTicksAndThenOfArming) {
    std::string order;
    Alarm a{timers_, [&] { order += 'a'; }};
    Alarm b{timers_, [&] { order += 'b'; }};
    Alarm c{timers_, [&] { order += 'c'; }};
    Alarm d{timers_, [&] { order += 'd'; }};
    d.arm(after(milliseconds{50}));
    b.arm(after(milliseconds{30}));
    c.arm(after(milliseconds{30}));
    a.arm(after(milliseconds{10}));
    clock_.move(seconds{1});
    timers_.advance();
    EXPECT_EQ(order, "abcd");
}

TEST_F(TimersTest, DisarmingInAnyOrderLeavesTheOthersArmed) {
    for (const auto* order : {"012", "021", "102", "120", "201", "210"}) {
        int calls = 0;
        std::vector<std::unique_ptr<Alarm>> alarms;
        for (int i = 0; i < 4; ++i) {
            alarms.push_back(std::make_unique<Alarm>(timers_, [&] { ++calls; }));
            alarms.back()->arm(after(milliseconds{10}));
        }
        for (const char* which = order; *which != '\0'; ++which) {
            alarms[static_cast<std::size_t>(*which - '0')]->disarm();
        }
        pass(milliseconds{20});
        EXPECT_EQ(calls, 1) << order;
    }
}

TEST_F(TimersTest, AJumpOverManyRoundsExpiresAllThatIsDueOnceAndNothingElse) {
    int due = 0;
    int later = 0;
    std::vector<std::unique_ptr<Alarm>> alarms;
    for (int i = 1; i <= 2000; ++i) {
        int& calls = i <= 1000 ? due : later;
        alarms.push_back(std::make_unique<Alarm>(timers_, [&calls] { ++calls; }));
        alarms.back()->arm(after(milliseconds{37 * i}));
    }
    clock_.move(milliseconds{37 * 1000} + Timers::tick);
    timers_.advance();
    EXPECT_EQ(due, 1000);
    EXPECT_EQ(later, 0);
    clock_.move(hours{10});
    timers_.advance();
    EXPECT_EQ(later, 1000);
    EXPECT_FALSE(timers_.next_turn());
}

TEST_F(TimersTest, ALongWaitTurnsOnlyOncePerRound) {
    Alarm alarm{timers_, [] {}};
    alarm.arm(after(seconds{41}));
    pass(seconds{42});
    EXPECT_LE(turns_, 12);
}

TEST_F(TimersTest, AnAlarmArmedAfterALongSilenceIsNotLate) {
    std::optional<TimePoint> expired;
    Alarm alarm{timers_, [&] { expired = timers_.now(); }};
    for (const auto silence : {milliseconds{3}, milliseconds{4097}, milliseconds{999'999}}) {
        clock_.move(silence);
        expired.reset();
        const TimePoint when = after(milliseconds{100});
        alarm.arm(when);
        pass(milliseconds{104});
        ASSERT_TRUE(expired) << silence.count();
        EXPECT_GE(*expired, when);
        EXPECT_LE(*expired, when + Timers::tick);
    }
}

TEST_F(TimersTest, WakesOnlyForAnEarlierTurn) {
    int wakes = 0;
    timers_.on_earlier_turn([&] { ++wakes; });
    Alarm a{timers_, [] {}};
    Alarm b{timers_, [] {}};
    a.arm(after(milliseconds{100}));
    EXPECT_EQ(wakes, 1);
    b.arm(after(milliseconds{200}));
    EXPECT_EQ(wakes, 1);
    b.arm(after(milliseconds{50}));
    EXPECT_EQ(wakes, 2);
    b.disarm();
    a.arm(after(milliseconds{20}));
    EXPECT_EQ(wakes, 3);
}

TEST_F(TimersTest, AnAlarmThatNeverExpiresWakesOnce) {
    int wakes = 0;
    timers_.on_earlier_turn([&] { ++wakes; });
    Alarm alarm{timers_, [] {}};
    for (int i = 0; i < 5; ++i) {
        alarm.arm(after(milliseconds{100}));
        alarm.disarm();
        clock_.move(Timers::tick);
    }
    EXPECT_EQ(wakes, 1);
}

}  // namespace
}  // namespace weft
