// One service hangs, is gone, or cannot be reached: routes that do not use it notice nothing, and
// its own end by their deadlines.
#include <gtest/gtest.h>

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

using std::chrono::milliseconds;

const std::size_t requests = scaled<std::size_t>(10'000, 1'000);
const std::string routes = R"(
order:
  path: /orders/{id}
  timeout: 5s
  steps: { order: { upstream: orders, path: "/orders/{id}" } }
  response: { body: { order: "${order}" } }
product:
  path: /products/{id}
  timeout: 300ms
  steps: { product: { upstream: products, path: "/products/{id}" } }
  response: { body: { product: "${product}" } }
)";

const std::string all_wait = R"(weft_calls_in_flight{upstream="products"} 64)";

class HangingChaos : public testing::Test {
  protected:
    void serve(std::uint16_t products, const std::string& policies = "") {
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams =
                {{"orders", orders_.port(), "5s", ""}, {"products", products, "300ms", policies}},
            .routes = routes});
    }

    // Clients of the route that hangs are more than the other's.
    void expect_others_served(const std::string& what, const std::string& meanwhile = "") {
        Crowd waiting{gateway_->port(), 64, "/products/p-1"};
        waiting.start();
        if (!meanwhile.empty()) {
            EXPECT_TRUE(wait_for_metric(gateway_->admin_port(), meanwhile)) << meanwhile;
        }
        const auto tally = Crowd{gateway_->port(), 8, "/orders/o-1001"}.ask(requests);
        const auto hung = waiting.stop();
        std::cout << what << ": " << tally.asked << " requests of other routes, "
                  << tally.failures() << " failed; its own: " << hung.text() << ", slowest "
                  << std::chrono::duration_cast<milliseconds>(hung.slowest).count() << " ms\n";
        EXPECT_EQ(tally.failures(), 0U);
        EXPECT_EQ(hung.failures(), hung.asked);
        EXPECT_EQ(gauges_above_zero(gateway_->admin_port()), "");
        if (built_for_speed) {
            EXPECT_LT(hung.slowest, milliseconds{600});
        }
    }

    void expect_served_again() {
        EXPECT_EQ(get(gateway_->port(), "/products/p-1").status(), 200);
        gateway_->expect_clean_end();
    }

    Service orders_{order_service()};
    Service products_{product_service()};
    std::unique_ptr<Gateway> gateway_;
};

TEST_F(HangingChaos, AStoppedServiceTouchesNoOtherRoute) {
    serve(products_.port());
    products_.process().signal(SIGSTOP);
    expect_others_served("service stopped", all_wait);
    products_.process().signal(SIGCONT);
    // It works off what piled up before it is as fast as the route's deadline asks.
    EXPECT_EQ(get(products_.port(), "/products/p-1").status(), 200);
    expect_served_again();
}

TEST_F(HangingChaos, AKilledServiceTouchesNoOtherRoute) {
    serve(products_.port());
    products_.kill();
    expect_others_served("service killed");
    products_.start_again();
    expect_served_again();
}

TEST_F(HangingChaos, ABlackholeTouchesNoOtherRoute) {
    Blackhole blackhole;
    serve(blackhole.port());
    expect_others_served("service a blackhole", all_wait);
    EXPECT_EQ(
        get(gateway_->port(), "/products/p-1").field("proxy-status"),
        "weft; error=connection_timeout"
    );
    gateway_->expect_clean_end();
}

TEST_F(HangingChaos, ABreakerAnswersForAStoppedServiceAtOnce) {
    serve(products_.port(), "circuit_breaker: { open: 10m, longest_open: 10m }");
    products_.process().signal(SIGSTOP);
    expect_others_served("service stopped, breaker");
    const auto refused = get(gateway_->port(), "/products/p-1");
    EXPECT_EQ(refused.status(), 503);
    EXPECT_EQ(refused.field("proxy-status"), "weft; error=destination_unavailable");
    EXPECT_EQ(refused.field("retry-after"), "1");
    products_.process().signal(SIGCONT);
    gateway_->expect_clean_end();
}

}  // namespace
}  // namespace weft
