#include "trial/virtual_time.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <vector>

namespace weft {
namespace {

using namespace std::chrono_literals;

class VirtualTimeTest : public ::testing::Test {
  protected:
    Duration since() const { return time_.now() - start_; }
    void note() { seen_.push_back(since()); }

    VirtualTime time_;
    TimePoint start_ = time_.now();
    std::vector<Duration> seen_;
};

TEST_F(VirtualTimeTest, JumpsToWhatIsDueNextAndNoFurther) {
    time_.at(start_ + 30ms, [this] { note(); });
    time_.at(start_ + 1ns, [this] { note(); });
    EXPECT_TRUE(time_.run_until([this] { return seen_.size() == 2; }));
    EXPECT_EQ(seen_, (std::vector<Duration>{1ns, 30ms}));
    EXPECT_EQ(since(), 30ms);
}

TEST_F(VirtualTimeTest, StandsStillWhileAnythingCanBeDone) {
    int left = 100;
    std::function<void()> work = [&] {
        note();
        if (--left > 0) asio::post(time_.executor(), work);
    };
    asio::post(time_.executor(), work);
    time_.at(start_ + 1ms, [] {});
    EXPECT_TRUE(time_.run_until([&] { return left == 0; }));
    EXPECT_EQ(since(), 0ms);
}

TEST_F(VirtualTimeTest, LetsAlarmsExpireBeforeWhatIsDueAtTheSameTime) {
    std::vector<std::string> order;
    Alarm alarm{time_.timers(), [&] { order.emplace_back("alarm"); }};
    time_.at(start_ + 8ms, [&] { order.emplace_back("event"); });
    alarm.arm(start_ + 8ms);
    EXPECT_TRUE(time_.run_until([&] { return order.size() == 2; }));
    EXPECT_EQ(order, (std::vector<std::string>{"alarm", "event"}));
}

TEST_F(VirtualTimeTest, ComesBeforeAnAlarmThatIsLaterByLessThanItsTick) {
    bool expired = false;
    Alarm alarm{time_.timers(), [&] { expired = true; }};
    alarm.arm(start_ + 800ms);
    time_.at(start_ + 799ms, [this] { note(); });
    EXPECT_TRUE(time_.run_until([this] { return !seen_.empty(); }));
    EXPECT_FALSE(expired);
}

TEST_F(VirtualTimeTest, SaysSoWhenNothingIsLeftToBeDone) {
    time_.at(start_ + 1ms, [this] { note(); });
    EXPECT_FALSE(time_.run_until([] { return false; }));
    EXPECT_EQ(since(), 1ms);
}

TEST_F(VirtualTimeTest, GivesUpOnARunWithoutEnd) {
    std::function<void()> again = [&] { time_.at(time_.now() + 1h, again); };
    again();
    EXPECT_FALSE(time_.run_until([] { return false; }));
    EXPECT_LE(since(), VirtualTime::longest_run);
}

}  // namespace
}  // namespace weft
