// A service that answers only 503 gets hardly more calls for being tried again.
#include <gtest/gtest.h>

#include <iostream>

#include "chaos/harness/crowd.hpp"
#include "chaos/harness/flaky_service.hpp"
#include "chaos/harness/routes.hpp"
#include "chaos/harness/scale.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"

namespace weft {
namespace {

constexpr int clients = 8;

struct Rates {
    std::size_t asked = 0;
    std::size_t called = 0;
    double ratio() const { return static_cast<double>(called) / static_cast<double>(asked); }
};

// All requests fail with what a 503 of a service becomes.
Rates ask_a_busy_service(std::size_t requests, const std::string& policies) {
    FlakyService service{{.status = 503}};
    Gateway gateway{
        {.upstreams = {{"things", service.port(), "5s", policies}}, .routes = route_to("things")}};
    const auto tally = Crowd{gateway.port(), clients, "/things/1"}.ask(requests);
    EXPECT_EQ(tally.failures(), requests) << tally.text();
    EXPECT_EQ(gauges_above_zero(gateway.admin_port()), "");
    gateway.expect_clean_end();
    return {requests, service.requests()};
}

TEST(RetriesChaos, CallABusyServiceAtMostATenthMore) {
    const auto rates = ask_a_busy_service(
        scaled<std::size_t>(20'000, 2'000), "retry: { attempts: 5, statuses: [503], backoff: 1ms }"
    );
    std::cout << "503 only, retry: " << rates.asked << " requests, " << rates.called
              << " calls, ratio " << rates.ratio() << '\n';
    EXPECT_LE(rates.ratio(), 1.10);
    EXPECT_GT(rates.ratio(), 1.05) << "nothing was tried again";
}

TEST(RetriesChaos, LeaveABusyServiceAloneWithABreaker) {
    const auto rates = ask_a_busy_service(
        scaled<std::size_t>(20'000, 2'000),
        "retry: { attempts: 5, statuses: [503], backoff: 1ms }, circuit_breaker: {}"
    );
    std::cout << "503 only, retry and breaker: " << rates.asked << " requests, " << rates.called
              << " calls, ratio " << rates.ratio() << '\n';
    EXPECT_LE(rates.ratio(), 0.1);
}

}  // namespace
}  // namespace weft
