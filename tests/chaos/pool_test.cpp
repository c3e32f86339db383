// Connections that services close just when they are used again: no GET fails for it, and no POST
// is sent twice.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "chaos/harness/crowd.hpp"
#include "chaos/harness/flaky_service.hpp"
#include "chaos/harness/routes.hpp"
#include "chaos/harness/scale.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"
#include "integration/harness/services.hpp"

namespace weft {
namespace {

using std::chrono::microseconds;

const std::size_t requests = scaled<std::size_t>(10'000, 1'000);
constexpr int clients = 8;

// Of the service's one thread.
std::function<microseconds()> up_to(microseconds most) {
    return [most, engine = std::minstd_rand{7}]() mutable {
        return microseconds{std::uniform_int_distribution<std::int64_t>{0, most.count()}(engine)};
    };
}

void say(const std::string& what, const Tally& tally, const FlakyService& service) {
    std::cout << what << ": " << tally.asked << " requests, " << tally.failures() << " failed ("
              << tally.text() << "), " << service.connections() << " connections\n";
}

void expect_nothing_left(Gateway& gateway) {
    EXPECT_EQ(gauges_above_zero(gateway.admin_port()), "");
    gateway.expect_clean_end();
}

class PoolChaos : public testing::Test {
  protected:
    static Gateway gateway_of(const FlakyService& service) {
        return Gateway{
            {.upstreams = {{"things", service.port(), "5s", ""}}, .routes = route_to("things")}};
    }
};

TEST_F(PoolChaos, NoGetFailsWhenIdleConnectionsCloseAsTheyAreReused) {
    FlakyService service{{.closes_idle_after = up_to(microseconds{300})}};
    Gateway gateway = gateway_of(service);
    const auto tally = Crowd{gateway.port(), clients, "/things/1"}.ask(requests);
    say("idle connections close within 0.3 ms", tally, service);
    EXPECT_EQ(tally.failures(), 0U);
    EXPECT_GT(service.connections(), requests / 100) << "they were not closed";
    expect_nothing_left(gateway);
}

TEST_F(PoolChaos, NoGetFailsWhenConnectionsCloseAfterEveryNthAnswer) {
    for (const std::size_t n : {1UL, 2UL, 3UL, 10UL}) {
        FlakyService service{{.answers_per_connection = n}};
        Gateway gateway = gateway_of(service);
        const auto tally = Crowd{gateway.port(), clients, "/things/1"}.ask(requests);
        say("connections close after " + std::to_string(n) + " answers", tally, service);
        EXPECT_EQ(tally.failures(), 0U);
        EXPECT_GE(service.connections(), requests / n);
        expect_nothing_left(gateway);
    }
}

TEST_F(PoolChaos, NoPostIsSentTwice) {
    FlakyService service{
        {.closes_idle_after = up_to(microseconds{300}),
         .swallows = [engine = std::minstd_rand{7}]() mutable { return engine() % 20 == 0; }}};
    Gateway gateway{
        {.upstreams = {{"things", service.port(), "5s", "retry: { attempts: 5, statuses: [503] }"}},
         .routes = route_to("things")}};
    Crowd crowd{gateway.port(), clients, [](std::size_t number) {
                    return Asked{.method = "POST", .target = "/things/" + std::to_string(number)};
                }};
    const auto tally = crowd.ask(requests);
    std::size_t most = 0;
    for (const auto& [target, times] : service.targets()) most = std::max(most, times);
    say("POST, one in twenty swallowed", tally, service);
    std::cout << "  sent at most " << most << " times\n";
    EXPECT_EQ(most, 1U);
    EXPECT_LE(service.requests(), requests);
    EXPECT_GT(tally.statuses.at(502), 0U) << "nothing was swallowed";
    expect_nothing_left(gateway);
}

// The connections that wait in the pool die with the service.
TEST_F(PoolChaos, NoGetFailsAfterTheServiceWasKilledAndRestarted) {
    Service orders{order_service()};
    Gateway gateway{{.upstreams = {{"orders", orders.port(), "5s", ""}}, .routes = R"(
order:
  path: /orders/{id}
  timeout: 5s
  steps: { order: { upstream: orders, path: "/orders/{id}" } }
  response: { body: { order: "${order}" } }
)"}};
    Crowd crowd{gateway.port(), clients, "/orders/o-1001"};
    constexpr std::size_t rounds = 20;
    std::size_t failures = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        failures += crowd.ask(requests / rounds).failures();
        orders.kill();
        orders.start_again();
    }
    std::cout << "killed and restarted " << rounds << " times: " << requests << " requests, "
              << failures << " failed\n";
    EXPECT_EQ(failures, 0U);
    expect_nothing_left(gateway);
}

// Under load, with retries that last until it is there again.
TEST_F(PoolChaos, NoGetFailsWhileTheServiceIsKilledAndRestarted) {
    Service orders{order_service()};
    Gateway gateway{
        {.upstreams = {{"orders", orders.port(), "20s", "retry: { attempts: 10, backoff: 100ms }"}},
         .routes = R"(
order:
  path: /orders/{id}
  timeout: 20s
  steps: { order: { upstream: orders, path: "/orders/{id}" } }
  response: { body: { order: "${order}" } }
)"}};
    Crowd crowd{gateway.port(), 2, "/orders/o-1001"};
    crowd.start();
    const std::size_t rounds = scaled<std::size_t>(10, 2);
    for (std::size_t round = 1; round <= rounds; ++round) {
        ASSERT_TRUE(crowd.wait_for_answers(round * requests / (rounds + 1)));
        orders.kill();
        orders.start_again();
    }
    ASSERT_TRUE(crowd.wait_for_answers(requests));
    const auto tally = crowd.stop();
    std::cout << "killed and restarted " << rounds
              << " times under load, with retries: " << tally.asked << " requests, "
              << tally.failures() << " failed (" << tally.text() << ")\n";
    EXPECT_EQ(tally.failures(), 0U);
    expect_nothing_left(gateway);
}

}  // namespace
}  // namespace weft
