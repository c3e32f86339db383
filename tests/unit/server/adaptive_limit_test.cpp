// Against a service that works on so many requests at once and has the others wait, in virtual
// time.
#include "server/adaptive_limit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <vector>

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Served {
    std::size_t answered = 0;
    std::size_t refused = 0;
    Duration longest{};

    double rate(Duration of) const {
        return static_cast<double>(answered) / std::chrono::duration<double>{of}.count();
    }
};

class Overload : public testing::Test {
  protected:
    // Requests come evenly; the times of those that begin from here on are told.
    Served run(double rate, Duration time) {
        told_from_ = now_;
        served_ = {};
        const auto gap =
            std::chrono::duration_cast<Duration>(std::chrono::duration<double>{1 / rate});
        for (const TimePoint end = now_ + time; now_ < end; now_ += gap) {
            finish_until(now_);
            arrive();
        }
        return served_;
    }

    std::size_t slots_ = 256;
    Duration latency_ = milliseconds{200};
    AdaptiveLimit limit_{{128, 1000}};

    double capacity() const {
        return static_cast<double>(slots_) / std::chrono::duration<double>{latency_}.count();
    }

  private:
    struct Running {
        TimePoint began;
        TimePoint ends;
    };

    void arrive() {
        if (in_work() >= limit_.value()) {
            limit_.reached();
            ++served_.refused;
            return;
        }
        if (running_.size() < slots_) {
            running_.push_back({now_, now_ + latency_});
        } else {
            waiting_.push_back(now_);
        }
    }
    std::size_t in_work() const { return running_.size() + waiting_.size(); }
    void finish_until(TimePoint now) {
        while (!running_.empty() && running_.front().ends <= now) {
            const Running done = running_.front();
            limit_.answered(done.began, done.ends, in_work());
            running_.pop_front();
            if (!waiting_.empty()) {
                running_.push_back({waiting_.front(), done.ends + latency_});
                waiting_.pop_front();
            }
            if (done.began < told_from_) continue;
            ++served_.answered;
            served_.longest = std::max(served_.longest, done.ends - done.began);
        }
    }

    TimePoint now_{std::chrono::hours{1}};
    TimePoint told_from_ = now_;
    std::deque<Running> running_;
    std::deque<TimePoint> waiting_;
    Served served_;
};

TEST_F(Overload, BelowTheCapacityNobodyIsRefused) {
    EXPECT_EQ(run(0.8 * capacity(), seconds{60}).refused, 0U);
    EXPECT_EQ(limit_.value(), 1000U) << "no reason to lower it";
}

TEST_F(Overload, BeyondItTheServiceIsFullAndNobodyWaitsLong) {
    run(0.8 * capacity(), seconds{10});
    for (const double factor : {2.0, 10.0}) {
        run(factor * capacity(), seconds{3});
        const Served served = run(factor * capacity(), seconds{60});
        EXPECT_GE(served.rate(seconds{60}), 0.95 * capacity()) << factor;
        EXPECT_LE(served.longest, 2 * latency_) << factor;
        run(0.8 * capacity(), seconds{1});
        EXPECT_EQ(run(0.8 * capacity(), seconds{5}).refused, 0U) << factor;
    }
}

TEST_F(Overload, FromTheFirstRequestOnItIsFoundAsWell) {
    run(4 * capacity(), seconds{10});
    const Served served = run(4 * capacity(), seconds{60});
    EXPECT_GE(served.rate(seconds{60}), 0.95 * capacity());
    EXPECT_LE(served.longest, 2 * latency_);
}

TEST_F(Overload, AServiceThatBecomesSlowerIsNotTakenForAnOverloadForLong) {
    slots_ = 10'000;
    const double rate = 1000;
    run(rate, seconds{10});
    latency_ = milliseconds{350};
    run(rate, seconds{20});
    EXPECT_EQ(run(rate, seconds{20}).refused, 0U);
}

TEST_F(Overload, AServiceThatBecomesFasterIsFollowed) {
    run(2 * capacity(), seconds{10});
    latency_ = milliseconds{100};
    run(2 * capacity(), seconds{20});
    const Served served = run(2 * capacity(), seconds{60});
    EXPECT_GE(served.rate(seconds{60}), 0.95 * capacity());
    EXPECT_LE(served.longest, 2 * latency_);
}

TEST_F(Overload, FewRequestsAreNeverRefusedHoweverSlowTheyAre) {
    slots_ = 1;
    latency_ = milliseconds{10};
    run(0.8 * capacity(), seconds{10});
    latency_ = seconds{2};
    EXPECT_EQ(run(63, seconds{2}).refused, 0U) << "126 in work";
}

// What a burst costs: nothing, as long as it is one.
TEST(AdaptiveLimit, BeginsAtTheMost) {
    EXPECT_EQ((AdaptiveLimit{{128, 1000}}.value()), 1000U);
    EXPECT_EQ((AdaptiveLimit{{7, 7}}.value()), 7U);
}

// A clock may show the same time at the beginning of a request and at its end.
TEST(AdaptiveLimit, StaysInItsBoundsWhereAnswersTakeNoTime) {
    AdaptiveLimit limit{{128, 1000}};
    TimePoint now{seconds{1}};
    for (int i = 0; i < 1000; ++i, now += milliseconds{1}) limit.answered(now, now, 200);
    EXPECT_GE(limit.value(), 128U);
    EXPECT_LE(limit.value(), 1000U);
}

}  // namespace
}  // namespace weft
