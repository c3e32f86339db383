#include "upstream/limit_layer.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/layer_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

class LimitLayerTest : public LayerFixture {
  protected:
    LimitLayerTest() { layer_ = through_limit(inner(), limit_, place()); }

    std::shared_ptr<Outer> start_for(const void* client) {
        auto asked = request();
        asked.made_for = client;
        return start(std::move(asked));
    }

    std::shared_ptr<ConcurrencyLimit> limit_ = std::make_shared<ConcurrencyLimit>(1);
};

TEST_F(LimitLayerTest, LetsTheNextCallGoWhenOneHasEnded) {
    const auto first = start();
    const auto second = start();
    EXPECT_EQ(calls_.size(), 1U);
    pass(milliseconds{100});
    end(0, answered(200));
    EXPECT_EQ(first->status(), 200);
    ASSERT_EQ(calls_.size(), 2U);
    end(1, answered(201));
    EXPECT_EQ(second->status(), 201);
    EXPECT_EQ(second->record.duration, milliseconds{100}) << "waiting included";
    EXPECT_EQ(limit_->taken(), 0U);
}

TEST_F(LimitLayerTest, HasTheSlotFreeForWhatACompletionStarts) {
    const auto first = start();
    first->then = [this] { start(); };
    end(0, answered(200));
    EXPECT_EQ(calls_.size(), 2U);
}

TEST_F(LimitLayerTest, LetsACallLeaveAtHalfOfItsTime) {
    start();
    const auto waiting = start();
    pass(milliseconds{499});
    EXPECT_FALSE(waiting->end);
    pass(milliseconds{1} + Timers::tick);
    EXPECT_EQ(waiting->failure(), FailureKind::connection_limit);
    EXPECT_EQ(waiting->record.attempts, 0);
    EXPECT_EQ(waiting->record.end, CallEnd::refused);
    EXPECT_EQ(limit_->waiting(), 0U);
    end(0, answered(200));
    EXPECT_EQ(calls_.size(), 1U);
}

TEST_F(LimitLayerTest, RefusesCallsOfMoreRequestsThanMayWait) {
    start();
    const int clients[2] = {};
    start_for(&clients[0]);
    const auto refused = start_for(&clients[1]);
    run_posted();
    EXPECT_EQ(refused->failure(), FailureKind::connection_limit);
}

TEST_F(LimitLayerTest, ForgetsAWaitingCallThatIsCancelled) {
    start();
    const auto waiting = start();
    const auto record = waiting->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->end, CallEnd::cancelled);
    end(0, answered(200));
    EXPECT_EQ(calls_.size(), 1U);
    EXPECT_EQ(limit_->taken(), 0U);
    pass(milliseconds{600});
    EXPECT_FALSE(waiting->end);
}

TEST_F(LimitLayerTest, GivesTheSlotOfACancelledCallToTheNext) {
    const auto first = start();
    start();
    first->call.cancel();
    EXPECT_TRUE(calls_[0]->cancelled);
    EXPECT_EQ(calls_.size(), 2U);
}

TEST_F(LimitLayerTest, CancelsACallThatHasWaited) {
    start();
    const auto second = start();
    end(0, answered(200));
    ASSERT_TRUE(second->call.cancel());
    EXPECT_TRUE(calls_[1]->cancelled);
    EXPECT_EQ(limit_->taken(), 0U);
}

TEST_F(LimitLayerTest, LetsACallEndAfterItIsGone) {
    const auto first = start();
    layer_ = {};
    limit_.reset();
    end(0, answered(200));
    EXPECT_EQ(first->status(), 200);
}

}  // namespace
}  // namespace weft
