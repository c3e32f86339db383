#include "upstream/retry_budget.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const TimePoint start = TimePoint{} + std::chrono::hours{1};

// Calls at an even rate, each of which would be retried once.
double retries_of_each_call(int calls, Duration between) {
    RetryBudget budget;
    int retries = 0;
    for (int i = 0; i < calls; ++i) {
        budget.call_started();
        if (budget.take(start + i * between)) ++retries;
    }
    return static_cast<double>(retries) / calls;
}

TEST(RetryBudget, IsATenthOfTheCalls) {
    EXPECT_LE(retries_of_each_call(10'000, milliseconds{1}), 0.1);
    EXPECT_GE(retries_of_each_call(10'000, milliseconds{1}), 0.099);
    EXPECT_LE(retries_of_each_call(1'000, milliseconds{10}), 0.1);
}

TEST(RetryBudget, IsThreeASecondWhereCallsAreFew) {
    EXPECT_EQ(retries_of_each_call(100, seconds{1}), 1);
    EXPECT_NEAR(retries_of_each_call(1'000, milliseconds{100}), 0.3, 0.01);
}

TEST(RetryBudget, LetsTheFirstCallsBeRetried) {
    RetryBudget budget;
    budget.call_started();
    EXPECT_TRUE(budget.take(start));
    EXPECT_TRUE(budget.take(start));
    EXPECT_TRUE(budget.take(start));
    EXPECT_FALSE(budget.take(start));
}

TEST(RetryBudget, SavesLittleInGoodTimes) {
    RetryBudget budget;
    for (int i = 0; i < 100'000; ++i) budget.call_started();
    int retries = 0;
    while (budget.take(start)) ++retries;
    EXPECT_EQ(retries, RetryBudget::most_saved);
}

}  // namespace
}  // namespace weft
