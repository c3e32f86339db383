// What a client is refused that asks too much or too slowly, and what the operator sees of it.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "integration/harness/ask.hpp"
#include "integration/harness/events.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

std::string metrics_of(const Gateway& gateway) {
    return get_admin(gateway.admin_port(), "/metrics").body;
}

class InFlightTest : public testing::Test {
  protected:
    Event go_on_;
    ScriptedService things_{[this](const Message& request, Connection& connection) {
        if (request.target() != "/things/waits" || go_on_.wait()) connection.send(json_answer("1"));
    }};
    Gateway gateway_{GatewayText{
        .upstreams = {{"things", things_.port(), "60s"}},
        .routes = thing_route,
        .workers = 1,
        .more = "limits: { in_flight: 1 }\n"}};
};

TEST_F(InFlightTest, ARequestBeyondTheCeilingIsRefusedAtOnceAndOnTheSameConnection) {
    auto first = Connection::to(gateway_.port());
    first.send(request_bytes({.target = "/thing/waits"}));
    ASSERT_TRUE(things_.wait_for_requests(1));
    auto second = Connection::to(gateway_.port());
    for (int i = 0; i < 2; ++i) {
        const auto refused = ask_on(second, {.target = "/thing/2"});
        EXPECT_EQ(refused.status(), 503);
        EXPECT_EQ(refused.field("retry-after"), "1");
        EXPECT_EQ(refused.field("proxy-status"), "weft; error=proxy_internal_response");
        EXPECT_EQ(Json::parse(refused.body).at("code"), "overloaded");
    }
    go_on_.happen();
    EXPECT_EQ(first.read_message().value().status(), 200);
    EXPECT_EQ(ask_on(second, {.target = "/thing/2"}).status(), 200);
    EXPECT_EQ(things_.requests().size(), 2U) << "what is refused is not asked";
    // A request is counted once its answer is out, but before the next of its connection is read.
    for (auto* each : {&first, &second})
        EXPECT_EQ(ask_on(*each, {.target = "/nope"}).status(), 404);
    const auto metrics = metrics_of(gateway_);
    EXPECT_THAT(metrics, HasSubstr("weft_refused_total{reason=\"in_flight\"} 2\n"));
    EXPECT_THAT(metrics, HasSubstr("weft_requests_total{route=\"thing\",status=\"5xx\"} 2\n"));
    EXPECT_THAT(metrics, HasSubstr("weft_requests_total{route=\"thing\",status=\"2xx\"} 2\n"));
    gateway_.expect_clean_end();
}

// The connection counts for its client; a body that has not come is no work.
TEST(SlowBodyTest, ABodyThatDripsKeepsNobodyOut) {
    ScriptedService things{ScriptedService::json([](const Message&) { return "1"; })};
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things.port(), "60s"}},
        .routes = thing_route + R"(
order:
  method: POST
  path: /order
  timeout: 60s
  steps: { made: { upstream: things, method: POST, path: /made, body: "${request.body}" } }
  response: { body: { made: "${made}" } }
)",
        .more = "limits: { in_flight: 1 }\n"}};
    auto slow = Connection::to(gateway.port());
    slow.send("POST /order HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(get(gateway.port(), "/thing/1").status(), 200);
    slow.send("{}");
    EXPECT_EQ(slow.read_message().value().status(), 200);
}

TEST(ConnectionsTest, AnAddressWithTooManyGetsNoMore) {
    ScriptedService things{ScriptedService::json([](const Message&) { return "1"; })};
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things.port(), "60s"}},
        .routes = thing_route,
        .workers = 1,
        .more = "limits: { connections_per_address: 2 }\n"}};
    auto first = Connection::to(gateway.port());
    auto second = Connection::to(gateway.port());
    EXPECT_EQ(ask_on(first, {.target = "/thing/1"}).status(), 200);
    EXPECT_EQ(ask_on(second, {.target = "/thing/1"}).status(), 200);
    auto third = Connection::to(gateway.port());
    EXPECT_TRUE(third.closes_within());
    EXPECT_EQ(ask_on(first, {.target = "/thing/1"}).status(), 200);
    EXPECT_THAT(
        metrics_of(gateway), HasSubstr("weft_refused_total{reason=\"connections_per_address\"} 1\n")
    );
}

TEST(TrustedProxiesTest, OnlyTheirWordOnTheirClientsIsPassedOn) {
    const auto seen = [](const std::string& trusted) {
        ScriptedService things{ScriptedService::json([](const Message&) { return "1"; })};
        Gateway gateway{GatewayText{
            .upstreams = {{"things", things.port(), "60s"}},
            .routes = thing_route,
            .more = "trusted_proxies: [" + trusted + "]\n"}};
        const Fields claims{{"X-Forwarded-For", "203.0.113.9"}, {"X-Forwarded-Proto", "https"}};
        EXPECT_EQ(get(gateway.port(), "/thing/1", claims).status(), 200);
        const auto request = things.requests().at(0);
        return request.field("x-forwarded-for") + " " + request.field("x-forwarded-proto");
    };
    EXPECT_EQ(seen("127.0.0.0/8"), "203.0.113.9, 127.0.0.1 https");
    EXPECT_EQ(seen("192.0.2.0/24"), "127.0.0.1 http");
}

TEST(TimesTest, AreWhatTheGatewayFileSays) {
    ScriptedService things{ScriptedService::json([](const Message&) { return "1"; })};
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things.port(), "60s"}},
        .routes = thing_route,
        .more = "timeouts: { first_byte: 30ms, head: 40ms }\n"}};
    auto silent = Connection::to(gateway.port());
    EXPECT_TRUE(silent.closes_within()) << "without a word";
    auto slow = Connection::to(gateway.port());
    slow.send("GET / HTTP/1.1\r\n");
    EXPECT_EQ(slow.read_message().value().status(), 408);
}

TEST(LogTest, CanBeWithoutTheRequestsAndWithoutWhatGoesWell) {
    ScriptedService things{ScriptedService::json([](const Message&) { return "1"; })};
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things.port(), "60s"}},
        .routes = thing_route,
        .more = "log: { access: false, level: warn, format: json }\n"}};
    EXPECT_EQ(get(gateway.port(), "/thing/1").status(), 200);
    gateway.expect_clean_end();
    EXPECT_EQ(gateway.process().output().find("/thing/1"), std::string::npos);
    EXPECT_EQ(gateway.process().errors(), "");
}

}  // namespace
}  // namespace weft
