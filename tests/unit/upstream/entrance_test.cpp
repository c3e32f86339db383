#include "upstream/entrance.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "unit/upstream/upstream_fixture.hpp"
#include "upstream/call_layers.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class AdmissionTest : public UpstreamFixture {
  protected:
    struct Entry {
        std::shared_ptr<Entrance> admission;
        std::optional<Result<void>> end;

        std::optional<FailureKind> failure() const {
            if (!end || end->has_value()) return std::nullopt;
            return end->error().kind();
        }
        bool entered() const { return end && end->has_value(); }
    };

    static Awaitable<void> enter_and_tell(std::shared_ptr<Entry> entry, TimePoint deadline) {
        const void* const request = entry.get();
        const auto end = co_await entry->admission->enter(deadline, request);
        entry->end.emplace(end);
    }
    std::shared_ptr<Entry> enter() {
        auto entry = std::make_shared<Entry>();
        entry->admission = Entrance::to(*upstream_);
        asio::co_spawn(context_, enter_and_tell(entry, clock_.now() + seconds{1}), asio::detached);
        turn();
        return entry;
    }
    void turn() {
        context_.restart();
        context_.poll();
    }
    void limit_to_one() {
        make_upstream([](UpstreamSettings& settings) { settings.max_concurrency = 1; });
    }
};

TEST_F(AdmissionTest, IsNotThereWhereNothingIsAskedFor) {
    EXPECT_EQ(Entrance::to(*upstream_), nullptr);
    make_upstream([](UpstreamSettings& settings) { settings.retry.emplace(); });
    EXPECT_EQ(Entrance::to(*upstream_), nullptr);
}

TEST_F(AdmissionTest, HoldsASlotAsLongAsItLives) {
    limit_to_one();
    auto first = enter();
    EXPECT_TRUE(first->entered());
    const auto second = enter();
    EXPECT_FALSE(second->end);
    first.reset();
    turn();
    EXPECT_TRUE(second->entered());
}

TEST_F(AdmissionTest, IsGivenUpAtHalfOfItsTime) {
    limit_to_one();
    const auto first = enter();
    const auto second = enter();
    pass(milliseconds{500} + Timers::tick);
    turn();
    EXPECT_EQ(second->failure(), FailureKind::connection_limit);
    EXPECT_EQ(upstream_->layers()->limit()->waiting(), 0U);
}

TEST_F(AdmissionTest, IsRefusedWhereTheQueueIsFull) {
    limit_to_one();
    const auto first = enter();
    const auto second = enter();
    EXPECT_EQ(enter()->failure(), FailureKind::connection_limit);
}

TEST_F(AdmissionTest, EndsWhenTheClientIsGone) {
    limit_to_one();
    const auto first = enter();
    const auto second = enter();
    second->admission->cancel();
    turn();
    EXPECT_EQ(second->failure(), FailureKind::client_gone);
}

TEST_F(AdmissionTest, TellsTheBreaker) {
    make_upstream([](UpstreamSettings& settings) {
        settings.circuit_breaker = CircuitBreakerPolicy{.least_calls = 2};
    });
    for (int i = 0; i < 2; ++i) {
        const auto entry = enter();
        ASSERT_TRUE(entry->entered());
        entry->admission->ended(Verdict::bad);
        entry->admission->ended(Verdict::good);
    }
    EXPECT_EQ(enter()->failure(), FailureKind::unavailable);
}

}  // namespace
}  // namespace weft
