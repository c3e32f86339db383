// What load is judged by where a machine is shared: what happened while its cores stood still is
// told apart.
#include "load/open_loop/tally.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace weft::open_loop {
namespace {

using std::chrono::milliseconds;

TimePoint at(int ms) { return TimePoint{} + milliseconds{ms}; }

Answered refusal(int intended, int sent, int received) {
    return {503, true, at(intended), at(sent), at(received)};
}

TEST(StandstillsTest, ATimeIsDisturbedByAStandstillAndItsAftermath) {
    const Standstills standstills{{{at(100), at(110)}}};  // and 40 ms after it
    EXPECT_FALSE(standstills.touch(at(0), at(99)));
    EXPECT_TRUE(standstills.touch(at(0), at(100)));
    EXPECT_TRUE(standstills.touch(at(105), at(106)));
    EXPECT_TRUE(standstills.touch(at(0), at(1000)));
    EXPECT_TRUE(standstills.touch(at(150), at(151)));
    EXPECT_FALSE(standstills.touch(at(151), at(1000)));
    EXPECT_FALSE(Standstills{}.touch(at(0), at(1000)));
}

// As two cores see them, in no order.
TEST(StandstillsTest, ThoseThatOverlapAreOne) {
    const Standstills standstills{{{at(300), at(310)}, {at(100), at(140)}, {at(105), at(110)}}};
    EXPECT_TRUE(standstills.touch(at(250), at(250)));  // 135 is where the short one's would end
    EXPECT_TRUE(standstills.touch(at(350), at(350)));
    EXPECT_FALSE(standstills.touch(at(351), at(400)));
    const Standstills apart{{{at(100), at(101)}, {at(200), at(201)}}};
    EXPECT_FALSE(apart.touch(at(110), at(190)));
}

TEST(StandstillsTest, ATallyTellsWhatWasRefusedOutsideOfThem) {
    Tally tally;
    tally.answered(refusal(0, 1, 3));
    tally.answered(refusal(90, 130, 140));
    tally.answered(refusal(200, 200, 208));
    const auto report =
        nlohmann::json::parse(tally.report(Phase{1, 1}, Standstills{{{at(95), at(105)}}}));
    EXPECT_EQ(report.at("refused"), 3);
    EXPECT_EQ(report.at("refused_ms").at("max"), 50.0);
    EXPECT_EQ(report.at("refused_since_sent_ms").at("max"), 10.0);
    EXPECT_EQ(report.at("refused_undisturbed"), 2);
    EXPECT_EQ(report.at("refused_undisturbed_ms").at("max"), 8.0);
    EXPECT_EQ(report.at("refused_undisturbed_ms").at("p50"), 2.0);
}

// Whether it stands still is a matter of the machine; that it can be watched is not.
TEST(StandstillsTest, AWatchEndsWhenItIsNotWantedAnyMore) {
    try {
        StandstillWatch watch;
        watch.seen();
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::operation_not_permitted);
    }
}

}  // namespace
}  // namespace weft::open_loop
