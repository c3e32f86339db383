#include "upstream/gauges.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/pool_fixture.hpp"
#include "upstream/call_layers.hpp"

namespace weft {
namespace {

class GaugesTest : public PoolTest {
  protected:
    std::shared_ptr<Outcome> start_at(Upstream& upstream) {
        auto outcome = std::make_shared<Outcome>();
        outcome->call = call_upstream(upstream, request(), [outcome](auto ended, auto record) {
            outcome->answer.emplace(std::move(ended));
            outcome->record = std::move(record);
        });
        return outcome;
    }
};

TEST_F(GaugesTest, FollowACallFromTheQueueToAnIdleConnection) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    expect_levels({});
    const auto first = start();
    const auto second = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    expect_levels({.calls_in_flight = 2, .waiting_for_connection = 1, .connections_in_use = 1});
    service_.peers[0]->send(answer("1"));
    end_of(first);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 2; }));
    expect_levels({.calls_in_flight = 1, .connections_in_use = 1});
    service_.peers[0]->send(answer("2"));
    end_of(second);
    expect_levels({.connections_idle = 1});
    service_.peers[0]->close();
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 0; }));
    expect_levels({});
}

TEST_F(GaugesTest, ForgetACallThatIsCancelledWhereverItIs) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto asking = start();
    const auto waiting = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    EXPECT_TRUE(waiting->call.cancel());
    expect_levels({.calls_in_flight = 1, .connections_in_use = 1});
    EXPECT_TRUE(asking->call.cancel());
    expect_levels({});
}

TEST_F(GaugesTest, CountACallThatWaitsForItsTurnAsInFlight) {
    make_upstream([](UpstreamSettings& settings) { settings.max_concurrency = 1; });
    const auto first = start_at(*upstream_);
    const auto second = start_at(*upstream_);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    expect_levels({.calls_in_flight = 2, .waiting_for_slot = 1, .connections_in_use = 1});
    always_answer(answer("2"));
    service_.peers[0]->send(answer("1"));
    end_of(first);
    end_of(second);
    expect_levels({.connections_idle = 1});
}

// After a reload: the old pool ends its calls while the new one takes others.
TEST_F(GaugesTest, AreSharedByThePoolsOfOneService) {
    const auto before = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    Upstream next{context_.get_executor(), timers_, upstream_->settings(), gauges_};
    upstream_->drain();
    const auto after = start_at(next);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 2; }));
    expect_levels({.calls_in_flight = 2, .connections_in_use = 2});
    service_.peers[0]->send(answer("1"));
    service_.peers[1]->send(answer("2"));
    end_of(before);
    end_of(after);
    expect_levels({.connections_idle = 1});
}

}  // namespace
}  // namespace weft
