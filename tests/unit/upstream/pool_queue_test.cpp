#include <gtest/gtest.h>

#include "unit/upstream/pool_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

class PoolQueue : public PoolTest {};

TEST_F(PoolQueue, CallsBeyondTheConnectionsWaitTheirTurn) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 2; });
    std::string order;
    std::vector<std::shared_ptr<Outcome>> calls;
    service_.on_request = [&](Peer& peer) { order += peer.requests.back()[5]; };
    for (char name = 'a'; name < 'f'; ++name) {
        CallRequest asked = request();
        asked.target = std::string{"/"} + name;
        calls.push_back(start(std::move(asked)));
    }
    ASSERT_TRUE(run_until([&] { return service_.requests() == 2; }));
    EXPECT_EQ(upstream_->waiting(), 3U);
    EXPECT_EQ(upstream_->open_connections(), 2U);
    for (std::size_t asked = 3; asked <= 5; ++asked) {
        service_.peers[asked % 2]->send(answer("{}"));
        ASSERT_TRUE(run_until([&] { return service_.requests() == asked; }));
    }
    EXPECT_EQ(order, "abcde");
    EXPECT_EQ(service_.peers.size(), 2U);
    EXPECT_EQ(upstream_->waiting(), 0U);
}

TEST_F(PoolQueue, AWaiterGetsThePlaceOfAConnectionThatBroke) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto first = start();
    const auto second = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    always_answer(answer("2"));
    service_.peers[0]->close();
    EXPECT_EQ(end_of(first).failure(), FailureKind::connection_closed);
    EXPECT_EQ(end_of(second).body(), "2");
}

TEST_F(PoolQueue, AWaiterGetsThePlaceOfACallThatWasCancelled) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto first = start();
    const auto second = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    always_answer(answer("2"));
    EXPECT_TRUE(first->call.cancel());
    EXPECT_EQ(end_of(second).body(), "2");
    EXPECT_FALSE(first->ended());
}

TEST_F(PoolQueue, AWaiterLeavesAtHalfOfItsTime) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto first = start();
    const auto second = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    pass(milliseconds{499});
    settle();
    EXPECT_FALSE(second->ended());
    pass(milliseconds{8});
    EXPECT_EQ(end_of(second).failure(), FailureKind::connection_limit);
    EXPECT_EQ(second->record.end, CallEnd::refused);
    EXPECT_EQ(second->record.attempts, 0);
    EXPECT_EQ(upstream_->waiting(), 0U);
    service_.peers[0]->send(answer("1"));
    EXPECT_EQ(end_of(first).body(), "1");
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(PoolQueue, ACancelledWaiterIsPassedOver) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto first = start();
    const auto second = start();
    const auto third = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    const auto record = second->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->end, CallEnd::cancelled);
    EXPECT_EQ(upstream_->waiting(), 1U);
    always_answer(answer("3"));
    service_.peers[0]->send(answer("1"));
    EXPECT_EQ(end_of(third).body(), "3");
    EXPECT_FALSE(second->ended());
}

TEST_F(PoolQueue, TheQueueIsBounded) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    std::vector<std::shared_ptr<Outcome>> calls;
    for (int i = 0; i < 1025; ++i) calls.push_back(start());
    settle();
    EXPECT_EQ(upstream_->waiting(), 1024U);
    EXPECT_EQ(call().failure(), FailureKind::connection_limit);
    EXPECT_EQ(upstream_->waiting(), 1024U);
}

TEST_F(PoolQueue, TheQueueGrowsWithTheConnections) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 100; });
    std::vector<std::shared_ptr<Outcome>> calls;
    for (int i = 0; i < 1700; ++i) calls.push_back(start());
    settle();
    EXPECT_EQ(upstream_->waiting(), 1600U);
    EXPECT_EQ(call().failure(), FailureKind::connection_limit);
}

}  // namespace
}  // namespace weft
