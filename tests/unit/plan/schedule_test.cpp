#include "plan/schedule.hpp"

#include <gmock/gmock.h>

namespace weft {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Links = std::vector<StepIndex>;

Step after(Links feeds, Links waits = {}, Links decided_by = {}) {
    Step step;
    step.feeds = std::move(feeds);
    step.waits = std::move(waits);
    step.decided_by = std::move(decided_by);
    return step;
}

Schedule schedule_of(const std::vector<Step>& steps, const std::vector<int>& times) {
    std::vector<milliseconds> taken;
    for (const int time : times) taken.emplace_back(time);
    return schedule(steps, taken);
}

TEST(Schedule, PutsEachStepBehindAllThatItWaitsFor) {
    const auto got = schedule_of(
        {after({2, 1}), after({2}), after({}), after({}, {1}), after({}, {}, {0})}, {1, 1, 1, 1, 1}
    );
    EXPECT_THAT(got.waves, ElementsAre(3, 2, 1, 3, 4));
    EXPECT_THAT(got.slowest, ElementsAre(2, 1, 0, 4));
    EXPECT_EQ(got.slowest_time, milliseconds{4});
}

TEST(Schedule, FindsTheSlowestChainWhereAnotherIsLonger) {
    const auto got =
        schedule_of({after({}), after({0}), after({1}), after({}), after({3})}, {1, 1, 1, 9, 5});
    EXPECT_THAT(got.slowest, ElementsAre(3, 4));
    EXPECT_EQ(got.slowest_time, milliseconds{14});
}

TEST(Schedule, TakesTheFirstOfEqualChains) {
    EXPECT_THAT(
        schedule_of({after({}), after({}), after({1, 0})}, {5, 5, 1}).slowest, ElementsAre(0, 2)
    );
}

TEST(Schedule, OfNoStepsIsEmpty) {
    EXPECT_THAT(schedule_of({}, {}).slowest, IsEmpty());
    EXPECT_EQ(schedule_of({}, {}).slowest_time, milliseconds{0});
}

TEST(Schedule, OfALongChainAndADenseOneIsQuick) {
    std::vector<Step> chain;
    std::vector<Step> dense;
    for (StepIndex i = 0; i < 1000; ++i) {
        chain.push_back(after(i == 999 ? Links{} : Links{static_cast<StepIndex>(i + 1)}));
        Links all;
        for (StepIndex other = 0; other < i; ++other) all.push_back(other);
        dense.push_back(after(std::move(all)));
    }
    const std::vector<int> times(1000, 1);
    EXPECT_EQ(schedule_of(chain, times).waves.front(), 1000U);
    EXPECT_EQ(schedule_of(dense, times).waves.back(), 1000U);
}

TEST(Schedule, WaitsForEachStepOnce) {
    EXPECT_THAT(waits_for(after({3, 1}, {2}, {1, 0})), ElementsAre(0, 1, 2, 3));
}

}  // namespace
}  // namespace weft
