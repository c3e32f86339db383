#include "upstream/breaker_layer.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/layer_fixture.hpp"

namespace weft {
namespace {

using std::chrono::seconds;

class BreakerLayerTest : public LayerFixture {
  protected:
    BreakerLayerTest() { layer_ = through_breaker(inner(), breaker_, place()); }

    void open() {
        for (int i = 0; i < 20; ++i) {
            start();
            end(calls_.size() - 1, answered(500));
        }
        ASSERT_FALSE(breaker_->is_closed());
    }

    std::shared_ptr<CircuitBreaker> breaker_ =
        std::make_shared<CircuitBreaker>(CircuitBreakerPolicy{}, [] { return 0.0; });
};

TEST_F(BreakerLayerTest, PassesCallsAndTheirEnds) {
    const auto call = start();
    end(0, answered(200));
    EXPECT_EQ(call->status(), 200);
}

TEST_F(BreakerLayerTest, RefusesCallsWithoutMakingThem) {
    open();
    const auto call = start();
    EXPECT_EQ(calls_.size(), 20U);
    run_posted();
    EXPECT_EQ(call->failure(), FailureKind::unavailable);
    EXPECT_EQ(call->end->error().upstream(), "orders");
    EXPECT_EQ(call->record.attempts, 0);
    EXPECT_EQ(call->record.end, CallEnd::refused);
}

TEST_F(BreakerLayerTest, ForgetsARefusedCallThatIsCancelled) {
    open();
    const auto call = start();
    ASSERT_TRUE(call->call.cancel());
    run_posted();
    EXPECT_FALSE(call->end);
}

TEST_F(BreakerLayerTest, CountsAnswersThatRefuseAsGood) {
    for (int i = 0; i < 40; ++i) {
        start();
        end(calls_.size() - 1, answered(i % 2 == 0 ? 404 : 429));
    }
    EXPECT_TRUE(breaker_->is_closed());
}

TEST_F(BreakerLayerTest, CountsNeitherCancelledCallsNorOurOwnRefusals) {
    for (int i = 0; i < 40; ++i) {
        const auto call = start();
        if (i % 2 == 0) {
            call->call.cancel();
        } else {
            end(calls_.size() - 1, failed(FailureKind::connection_limit));
        }
    }
    EXPECT_TRUE(breaker_->is_closed());
}

// As the run of a route does, whose deadline is the call's.
TEST_F(BreakerLayerTest, CountsCallsThatAreCancelledAtTheirDeadlineAsBad) {
    std::vector<std::shared_ptr<Outer>> calls;
    for (int i = 0; i < 20; ++i) calls.push_back(start());
    pass(seconds{1});
    for (const auto& each : calls) each->call.cancel();
    EXPECT_FALSE(breaker_->is_closed());
}

TEST_F(BreakerLayerTest, OpensAfterFiveRefusedConnections) {
    for (int i = 0; i < 5; ++i) {
        start();
        end(calls_.size() - 1, failed(FailureKind::connection_refused));
    }
    EXPECT_FALSE(breaker_->is_closed());
}

TEST_F(BreakerLayerTest, TriesTheNextCallWhenTheTrialIsCancelled) {
    open();
    pass(seconds{1});
    const auto trial = start();
    EXPECT_EQ(calls_.size(), 21U);
    start();
    EXPECT_EQ(calls_.size(), 21U);
    trial->call.cancel();
    start();
    EXPECT_EQ(calls_.size(), 22U);
    end(21, answered(200));
    EXPECT_TRUE(breaker_->is_closed());
    run_posted();
}

}  // namespace
}  // namespace weft
