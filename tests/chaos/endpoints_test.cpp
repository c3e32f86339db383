// One of two instances of a service is killed, stopped, or cannot be reached, under load.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <iostream>

#include "chaos/harness/blackhole.hpp"
#include "chaos/harness/crowd.hpp"
#include "chaos/harness/scale.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"
#include "integration/harness/services.hpp"

namespace weft {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int clients = 8;
const std::size_t requests = scaled<std::size_t>(20'000, 2'000);
const std::string target = "/orders/o-1001";
const std::string route = R"(
order:
  path: /orders/{id}
  timeout: 2s
  steps: { order: { upstream: orders, path: "/orders/{id}" } }
  response: { body: { order: "${order}" } }
)";

std::size_t failures_after(const Tally& tally, Clock::time_point when) {
    return static_cast<std::size_t>(std::ranges::count_if(tally.failed_at, [when](auto at) {
        return at > when;
    }));
}

class EndpointsChaos : public testing::Test {
  protected:
    void serve(const std::string& policies, std::uint16_t other_port) {
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams = {{"orders", one_.port(), "1s", policies, {other_port}}}, .routes = route});
        crowd_ = std::make_unique<Crowd>(gateway_->port(), clients, target);
    }
    // The trouble comes after a third of the requests.
    template <class Trouble>
    void under_load(const std::string& what, Trouble trouble) {
        crowd_->start();
        ASSERT_TRUE(crowd_->wait_for_answers(requests / 3));
        const auto when = Clock::now();
        trouble();
        ASSERT_TRUE(crowd_->wait_for_answers(requests));
        // So that there is an after.
        while (Clock::now() < when + std::chrono::milliseconds{1500}) {
            ASSERT_TRUE(crowd_->wait_for_answers(crowd_->answers() + 1));
        }
        tally_ = crowd_->stop();
        late_ = failures_after(tally_, when + std::chrono::seconds{1});
        std::cout << what << ": " << tally_.asked << " requests, " << tally_.failures()
                  << " failed (" << tally_.text() << "), " << late_ << " after one second\n";
        EXPECT_EQ(gauges_above_zero(gateway_->admin_port()), "");
        gateway_->expect_clean_end();
    }
    // One in a thousand; of a short run, what is in flight at the moment is a larger part.
    std::size_t few() const { return std::max<std::size_t>(tally_.asked / 1000, clients / 2); }

    Service one_{order_service()};
    Service other_{order_service()};
    std::unique_ptr<Gateway> gateway_;
    std::unique_ptr<Crowd> crowd_;
    Tally tally_;
    std::size_t late_ = 0;
};

TEST_F(EndpointsChaos, HardlyAGetFailsWhenOneOfTwoIsKilled) {
    serve("", other_.port());
    under_load("one of two killed", [this] { other_.kill(); });
    EXPECT_LE(tally_.failures(), few());
    EXPECT_EQ(late_, 0U);
}

TEST_F(EndpointsChaos, NoGetFailsWhenOneOfTwoIsKilledAndCallsAreTriedAgain) {
    serve("retry: {}", other_.port());
    under_load("one of two killed, retry", [this] { other_.kill(); });
    EXPECT_EQ(tally_.failures(), 0U);
}

TEST_F(EndpointsChaos, NoGetFailsAfterASecondWhenOneOfTwoIsStopped) {
    serve(
        "retry: { attempt_timeout: 200ms }, health: { path: /healthz, interval: 200ms, timeout: "
        "100ms }",
        other_.port()
    );
    under_load("one of two stopped, retry and health", [this] {
        other_.process().signal(SIGSTOP);
    });
    other_.process().signal(SIGCONT);
    EXPECT_LE(tally_.failures(), few());
    EXPECT_EQ(late_, 0U);
}

// Its listen backlog is full: nobody answers an attempt to connect.
TEST_F(EndpointsChaos, NoGetFailsWhenOneOfTwoIsABlackhole) {
    Blackhole blackhole;
    serve("", blackhole.port());
    under_load("one of two a blackhole", [] {});
    EXPECT_EQ(tally_.failures(), 0U);
}

}  // namespace
}  // namespace weft
