#include "upstream/ejection.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class EjectionTest : public testing::Test {
  protected:
    void make(std::size_t instances) {
        ejection_ = Ejection{instances, [this] { return jitter_; }};
    }
    void ended(std::size_t instance, Verdict verdict, std::uint32_t times = 1) {
        for (std::uint32_t i = 0; i < times; ++i) ejection_.ended(instance, verdict, now_);
    }
    bool is_out(std::size_t instance) const { return ejection_.is_out(instance, now_); }
    void pass(Duration by) { now_ += by; }

    double jitter_ = 0;
    TimePoint now_ = TimePoint{} + std::chrono::hours{1};
    Ejection ejection_{2, [this] { return jitter_; }};
};

TEST_F(EjectionTest, TakesAnInstanceOutAfterFiveBadAnswersInARow) {
    ended(1, Verdict::bad, 4);
    ended(1, Verdict::good);
    ended(1, Verdict::bad, 4);
    EXPECT_FALSE(is_out(1));
    ended(1, Verdict::bad);
    EXPECT_TRUE(is_out(1));
    EXPECT_FALSE(is_out(0));
}

TEST_F(EjectionTest, CountsNothingThatSaysNothing) {
    ended(1, Verdict::none, 100);
    EXPECT_FALSE(is_out(1));
}

TEST_F(EjectionTest, NeverTakesTheLastOneOut) {
    make(1);
    ended(0, Verdict::bad, 100);
    EXPECT_FALSE(is_out(0));
}

TEST_F(EjectionTest, NeverTakesMoreThanHalfOut) {
    make(5);
    for (std::size_t i = 0; i < 5; ++i) ended(i, Verdict::bad, 10);
    int out = 0;
    for (std::size_t i = 0; i < 5; ++i) out += is_out(i) ? 1 : 0;
    EXPECT_EQ(out, 2);
}

TEST_F(EjectionTest, LetsItBackAfterASecondAndThenTwiceAsLongEachTime) {
    ended(1, Verdict::bad, 5);
    for (const int out : {1, 2, 4, 8, 16, 30, 30}) {
        pass(seconds{out} - milliseconds{1});
        EXPECT_TRUE(is_out(1)) << out;
        pass(milliseconds{1});
        EXPECT_FALSE(is_out(1)) << out;
        ended(1, Verdict::bad);
    }
    EXPECT_TRUE(is_out(1));
}

TEST_F(EjectionTest, ForgivesWithTheFirstGoodAnswer) {
    ended(1, Verdict::bad, 5);
    pass(seconds{1});
    ended(1, Verdict::good);
    ended(1, Verdict::bad, 4);
    EXPECT_FALSE(is_out(1));
    ended(1, Verdict::bad);
    pass(seconds{1});
    EXPECT_FALSE(is_out(1)) << "the first time again";
}

TEST_F(EjectionTest, IsNotMovedByAnswersThatWereUnderWay) {
    ended(1, Verdict::bad, 5);
    ended(1, Verdict::good);
    EXPECT_TRUE(is_out(1));
}

TEST_F(EjectionTest, TakesOutForUpToAQuarterLessByChance) {
    jitter_ = 0.999;
    ended(1, Verdict::bad, 5);
    pass(milliseconds{749});
    EXPECT_TRUE(is_out(1));
    pass(milliseconds{2});
    EXPECT_FALSE(is_out(1));
}

}  // namespace
}  // namespace weft
