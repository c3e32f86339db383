#include "upstream/balance.hpp"

#include <gmock/gmock.h>

namespace weft {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

const TimePoint now = TimePoint{} + std::chrono::hours{1};

TEST(Balance, TakesTurnsAmongEquals) {
    Balance balance{{0, 1, 2}};
    std::vector<std::size_t> chosen;
    for (int i = 0; i < 6; ++i) {
        chosen.push_back(balance.choose(now));
        balance.begin(chosen.back());
        balance.end(chosen.back());
    }
    EXPECT_THAT(chosen, ElementsAre(0, 1, 2, 0, 1, 2));
}

TEST(Balance, ChoosesTheInstanceWithTheFewestCallsInFlight) {
    Balance balance{{0, 1, 2}};
    balance.begin(0);
    balance.begin(0);
    balance.begin(1);
    balance.begin(2);
    balance.end(1);
    EXPECT_EQ(balance.choose(now), 1U);
    EXPECT_THAT(balance.order(now), ElementsAre(1, 2, 0));
}

TEST(Balance, ChoosingAloneChangesNothing) {
    const Balance balance{{0, 1}};
    EXPECT_EQ(balance.choose(now), 0U);
    EXPECT_EQ(balance.choose(now), 0U);
}

TEST(Balance, LeavesAnInstanceAloneThatCouldNotBeConnectedTo) {
    Balance balance{{0, 1}};
    balance.not_connected(0, now);
    balance.begin(1);
    EXPECT_EQ(balance.choose(now), 1U);
    EXPECT_THAT(balance.order(now), ElementsAre(1, 0));
    EXPECT_EQ(balance.choose(now + Balance::penalty - milliseconds{1}), 1U);
    EXPECT_EQ(balance.choose(now + Balance::penalty), 0U);
}

TEST(Balance, StillTriesThemAllIfNoneCouldBeConnectedTo) {
    Balance balance{{0, 1}};
    balance.not_connected(0, now);
    balance.not_connected(1, now);
    EXPECT_EQ(balance.choose(now), 0U);
    EXPECT_THAT(balance.order(now), ElementsAre(0, 1));
}

TEST(Balance, ForgivesAnAddressThatWasConnectedTo) {
    Balance balance{{0, 1}};
    balance.not_connected(0, now);
    balance.connected(0);
    EXPECT_EQ(balance.choose(now), 0U);
}

TEST(Balance, TriesTheAddressesOfAnInstanceBeforeTheNextInstance) {
    Balance balance{{0, 0, 1, 1}};
    EXPECT_THAT(balance.order(now), ElementsAre(0, 1, 2, 3));
    balance.connected(1);
    EXPECT_THAT(balance.order(now), ElementsAre(1, 0, 2, 3));
    balance.begin(1);
    EXPECT_THAT(balance.order(now), ElementsAre(2, 3, 1, 0));
}

TEST(Balance, LeavesAnInstanceAloneOnlyWhenAllItsAddressesAre) {
    Balance balance{{0, 0, 1}};
    balance.not_connected(0, now);
    EXPECT_EQ(balance.choose(now), 0U);
    EXPECT_THAT(balance.order(now), ElementsAre(1, 2, 0));
    balance.not_connected(1, now);
    EXPECT_EQ(balance.choose(now), 1U);
}

TEST(Balance, LetsOneCallTryAnAddressThatHasFailed) {
    Balance balance{{0, 1}};
    balance.not_connected(0, now);
    const auto later = now + Balance::penalty;
    EXPECT_EQ(balance.choose(later), 0U);
    balance.connecting(0, later);
    EXPECT_EQ(balance.choose(later), 1U) << "the trial has not ended";
    balance.connected(0);
    balance.begin(1);
    EXPECT_EQ(balance.choose(later), 0U);
}

TEST(Balance, LetsManyCallsConnectToAnAddressThatHasNotFailed) {
    Balance balance{{0, 1}};
    balance.connecting(0, now);
    EXPECT_EQ(balance.choose(now), 0U);
}

TEST(Balance, LeavesAnInstanceAloneWhoseAnswersFail) {
    Balance balance{{0, 1}, BalanceRule::least_requests, [] { return 0.0; }};
    for (std::uint32_t i = 0; i < Ejection::failures; ++i) balance.ended(0, Verdict::bad, now);
    balance.begin(1);
    EXPECT_EQ(balance.choose(now), 1U);
    EXPECT_EQ(balance.choose(now + Ejection::shortest), 0U);
}

TEST(Balance, LeavesAnUnhealthyInstanceAloneUntilItIsWell) {
    Balance balance{{0, 1}};
    balance.set_healthy(0, false);
    balance.begin(1);
    EXPECT_EQ(balance.choose(now), 1U);
    EXPECT_THAT(balance.order(now), ElementsAre(1, 0));
    balance.set_healthy(0, true);
    EXPECT_EQ(balance.choose(now), 0U);
}

TEST(Balance, KnowsWhenNoneIsHealthy) {
    Balance balance{{0, 1}};
    balance.set_healthy(0, false);
    balance.set_healthy(0, false);
    EXPECT_TRUE(balance.any_healthy());
    balance.set_healthy(1, false);
    EXPECT_FALSE(balance.any_healthy());
    balance.set_healthy(0, true);
    EXPECT_TRUE(balance.any_healthy());
}

TEST(Balance, TakesStrictTurnsIfAsked) {
    Balance balance{{0, 1}, BalanceRule::round_robin};
    std::vector<std::size_t> chosen;
    for (int i = 0; i < 4; ++i) {
        chosen.push_back(balance.choose(now));
        balance.begin(chosen.back());
        if (i == 1) balance.begin(0);
        if (i == 1) balance.begin(1);
    }
    EXPECT_THAT(chosen, ElementsAre(0, 1, 0, 1));
}

}  // namespace
}  // namespace weft
