#include "app/admission.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

namespace weft {
namespace {

class AdmissionTest : public testing::Test {
  protected:
    // As a session and a handler do it.
    bool begin() {
        counters_.request_started();
        if (admission_.admits(load_)) return true;
        counters_.request_finished();
        return false;
    }
    std::uint64_t refused(Refusal reason) const {
        return counters_.read().refused[static_cast<std::size_t>(reason)];
    }

    WorkerCounters counters_;
    Admission admission_{counters_, 2};
    RouteLoad load_{{5, 5}};
};

TEST_F(AdmissionTest, RefusesWhatIsBeyondTheCeiling) {
    EXPECT_TRUE(begin());
    EXPECT_TRUE(begin());
    EXPECT_FALSE(begin());
    EXPECT_EQ(refused(Refusal::in_flight), 1U);
    counters_.request_finished();
    EXPECT_TRUE(begin());
}

TEST_F(AdmissionTest, ACeilingThatIsRaisedHoldsAtOnce) {
    begin();
    begin();
    admission_.set_ceiling(3);
    EXPECT_TRUE(begin());
    EXPECT_FALSE(begin());
}

TEST_F(AdmissionTest, ABodyThatIsWaitedForIsNotInWork) {
    begin();
    begin();
    std::optional<Admission::Waiting> waiting{std::in_place, admission_};
    EXPECT_TRUE(begin());
    EXPECT_FALSE(begin());
    waiting.reset();
    EXPECT_FALSE(admission_.admits(load_)) << "others have begun";
}

TEST_F(AdmissionTest, RefusesWhatIsBeyondTheLimitOfTheRoute) {
    RouteLoad narrow{{1, 1}};
    std::optional<InWork> first{std::in_place, narrow, TimePoint{}};
    EXPECT_FALSE(admission_.admits(narrow));
    EXPECT_TRUE(admission_.admits(load_)) << "another route is not concerned";
    EXPECT_EQ(refused(Refusal::latency), 1U);
    first.reset();
    EXPECT_TRUE(admission_.admits(narrow));
}

// How many may be in work after answers of 10 ms each, some that came after 1 ms with another
// status, and again some of 10 ms. 29 are in work all the time.
std::size_t limit_after(std::uint16_t fast) {
    RouteLoad load{{1, 30}};
    TimePoint now{std::chrono::hours{1}};
    std::vector<std::unique_ptr<InWork>> others;
    for (int i = 0; i < 28; ++i) others.push_back(std::make_unique<InWork>(load, now));
    const auto answer = [&](int count, std::uint16_t status, std::chrono::milliseconds after) {
        for (int i = 0; i < count; ++i) {
            InWork request{load, now};
            now += after;
            request.answered(status, now);
        }
    };
    answer(100, 200, std::chrono::milliseconds{10});
    answer(2000, fast, std::chrono::milliseconds{1});
    answer(100, 200, std::chrono::milliseconds{10});
    while (!load.is_full()) others.push_back(std::make_unique<InWork>(load, now));
    return others.size();
}

TEST(InWork, FailuresThatComeFastDoNotCountAsLatency) {
    EXPECT_EQ(limit_after(503), 30U);
    EXPECT_LT(limit_after(404), 30U) << "a real answer says how fast they can be";
}

}  // namespace
}  // namespace weft
