#include "upstream/circuit_breaker.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class CircuitBreakerTest : public testing::Test {
  protected:
    bool admits() { return breaker_.admit(now_).has_value(); }
    // Whether the call was let through.
    bool call(Verdict verdict) {
        const auto era = breaker_.admit(now_);
        if (era) breaker_.ended(*era, verdict, now_);
        return era.has_value();
    }
    void calls(int count, Verdict verdict) {
        for (int i = 0; i < count; ++i) ASSERT_TRUE(call(verdict)) << i;
    }
    void pass(Duration by) { now_ += by; }

    double jitter_ = 0;
    TimePoint now_ = TimePoint{} + std::chrono::hours{1};
    CircuitBreaker breaker_{CircuitBreakerPolicy{}, [this] { return jitter_; }};
};

TEST_F(CircuitBreakerTest, OpensWhenHalfOfTwentyCallsHaveFailed) {
    calls(10, Verdict::good);
    calls(9, Verdict::bad);
    EXPECT_TRUE(breaker_.is_closed());
    calls(1, Verdict::bad);
    EXPECT_FALSE(breaker_.is_closed());
    EXPECT_FALSE(admits());
}

TEST_F(CircuitBreakerTest, DoesNotJudgeByLessThanTwentyCalls) {
    calls(19, Verdict::bad);
    EXPECT_TRUE(admits());
}

TEST_F(CircuitBreakerTest, StaysClosedWhenLessThanHalfFail) {
    for (int i = 0; i < 100; ++i) {
        calls(11, Verdict::good);
        calls(9, Verdict::bad);
    }
    EXPECT_TRUE(breaker_.is_closed());
}

TEST_F(CircuitBreakerTest, ForgetsWhatIsOlderThanItsWindow) {
    calls(15, Verdict::bad);
    pass(seconds{10});
    calls(15, Verdict::bad);
    EXPECT_TRUE(breaker_.is_closed());
    calls(5, Verdict::bad);
    EXPECT_FALSE(breaker_.is_closed());
}

TEST_F(CircuitBreakerTest, OpensAfterFiveFailedConnectionsInARow) {
    calls(4, Verdict::not_connected);
    calls(1, Verdict::good);
    calls(4, Verdict::not_connected);
    EXPECT_TRUE(breaker_.is_closed());
    calls(1, Verdict::not_connected);
    EXPECT_FALSE(breaker_.is_closed());
}

TEST_F(CircuitBreakerTest, CountsNothingThatSaysNothing) {
    calls(100, Verdict::none);
    calls(19, Verdict::bad);
    EXPECT_TRUE(breaker_.is_closed());
}

TEST_F(CircuitBreakerTest, LetsOneCallThroughAfterASecond) {
    calls(20, Verdict::bad);
    pass(milliseconds{999});
    EXPECT_FALSE(admits());
    pass(milliseconds{1});
    EXPECT_TRUE(admits());
    EXPECT_FALSE(admits());
    pass(seconds{100});
    EXPECT_FALSE(admits());
}

TEST_F(CircuitBreakerTest, ClosesWhenThatCallIsGood) {
    calls(20, Verdict::bad);
    pass(seconds{1});
    calls(1, Verdict::good);
    EXPECT_TRUE(breaker_.is_closed());
    calls(19, Verdict::bad);
    EXPECT_TRUE(breaker_.is_closed()) << "what was before is forgotten";
}

TEST_F(CircuitBreakerTest, StaysOpenTwiceAsLongEachTimeThatCallFails) {
    calls(20, Verdict::bad);
    for (const int open : {1, 2, 4, 8, 16, 30, 30}) {
        pass(seconds{open} - milliseconds{1});
        EXPECT_FALSE(admits()) << open;
        pass(milliseconds{1});
        EXPECT_TRUE(call(Verdict::bad)) << open;
    }
}

TEST_F(CircuitBreakerTest, StartsAnewWithOneSecondOnceItHasClosed) {
    calls(20, Verdict::bad);
    pass(seconds{1});
    calls(1, Verdict::bad);
    pass(seconds{2});
    calls(1, Verdict::good);
    calls(20, Verdict::bad);
    pass(seconds{1});
    EXPECT_TRUE(admits());
}

TEST_F(CircuitBreakerTest, TriesTheNextCallWhenNobodyWaitedForTheTrial) {
    calls(20, Verdict::bad);
    pass(seconds{1});
    calls(1, Verdict::none);
    EXPECT_TRUE(admits());
}

TEST_F(CircuitBreakerTest, IsNotMovedByCallsOfBefore) {
    const auto slow = breaker_.admit(now_);
    calls(20, Verdict::bad);
    breaker_.ended(*slow, Verdict::good, now_);
    EXPECT_FALSE(breaker_.is_closed());
    pass(seconds{1});
    ASSERT_TRUE(admits());
    breaker_.ended(*slow, Verdict::good, now_);
    EXPECT_FALSE(breaker_.is_closed());
    EXPECT_FALSE(admits());
}

TEST_F(CircuitBreakerTest, OpensForUpToAQuarterLessByChance) {
    jitter_ = 0.999;
    calls(20, Verdict::bad);
    pass(milliseconds{749});
    EXPECT_FALSE(admits());
    pass(milliseconds{2});
    EXPECT_TRUE(admits());
}

}  // namespace
}  // namespace weft
