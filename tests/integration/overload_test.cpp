// The short form of script/overload: more is asked for than a service can do.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"
#include "integration/harness/process.hpp"
#include "integration/harness/services.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::json;

// 8 at once of 50 ms each: 160 a second.
const std::string route = R"(
order:
  path: /orders/{id}
  timeout: 20s
  steps: { order: { upstream: orders, path: "/orders/{id}" } }
  response: { body: { order: "${order}" } }
)";

std::vector<Json> ask_for(std::uint16_t port, const std::vector<std::string>& phases) {
    std::vector<std::string> words{
        open_loop_program(),
        "--connections",
        "500",
        "http://127.0.0.1:" + std::to_string(port) + "/orders/o-{n}"};
    words.insert(words.end(), phases.begin(), phases.end());
    Process client{std::move(words)};
    EXPECT_EQ(client.wait_for_exit(), 0) << client.errors();
    std::vector<Json> reports;
    std::istringstream lines{client.output()};
    for (std::string line; std::getline(lines, line);) reports.push_back(Json::parse(line));
    return reports;
}

// What is beyond is refused, what was let in is answered, and then all is as before.
TEST(OverloadTest, WhatIsBeyondTheCapacityIsRefusedAndNothingElseHappens) {
    Service orders{order_service(), {"--latency", "50ms", "--threads", "32"}};
    Gateway gateway{GatewayText{
        .upstreams = {{"orders", orders.port(), "20s", "max_concurrency: 8"}},
        .routes = route,
        .workers = 1}};
    const auto reports = ask_for(gateway.port(), {"480x2", "40x1", "40x1"});
    ASSERT_EQ(reports.size(), 3U);
    for (const Json& report : reports) {
        EXPECT_EQ(report.at("other"), 0) << report;
        EXPECT_EQ(report.at("failed"), 0) << report;
        EXPECT_EQ(report.at("without_retry_after"), 0) << report;
    }
    EXPECT_GE(reports[0].at("refused"), reports[0].at("sent").get<int>() / 3) << reports[0];
    EXPECT_GE(reports[0].at("ok"), 100) << reports[0];
    EXPECT_EQ(reports[2].at("ok"), reports[2].at("sent")) << reports[2];
    EXPECT_EQ(gauges_above_zero(gateway.admin_port()), "");
    gateway.expect_clean_end();
}

}  // namespace
}  // namespace weft
