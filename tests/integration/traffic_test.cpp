// Connections kept, shared and stale; bodies that are large; clients that are many.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <vector>

#include "integration/harness/ask.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"
#include "integration/harness/services.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

const std::string routes = thing_route + R"(
put-echo:
  path: /echo
  method: PUT
  timeout: 60s
  body_limit: 8MiB
  proxy: { upstream: things, path: /echo }
post-echo:
  path: /echo
  method: POST
  timeout: 60s
  body_limit: 1MiB
  proxy: { upstream: things, path: /echo }
)";

std::string echo(const Message& request) {
    return request.target() == "/echo" ? request.body : "\"" + request.target() + "\"";
}

Gateway gateway_over(const ScriptedService& things) {
    return Gateway{GatewayText{.upstreams = {{"things", things.port(), "60s"}}, .routes = routes}};
}

TEST(TrafficTest, BothSidesKeepTheirConnection) {
    ScriptedService things{ScriptedService::json(echo)};
    Gateway gateway{gateway_over(things)};
    auto client = Connection::to(gateway.port());
    for (int i = 0; i < 20; ++i) {
        const auto id = std::to_string(i);
        const auto answer = ask_on(client, {.target = "/thing/" + id});
        EXPECT_EQ(answer.body, R"({"thing":"/things/)" + id + "\"}");
        EXPECT_NE(answer.field("connection"), "close");
    }
    EXPECT_EQ(things.connections(), 1U);
}

TEST(TrafficTest, AClientThatAsksForItIsClosedAfterItsAnswer) {
    ScriptedService things{ScriptedService::json(echo)};
    Gateway gateway{gateway_over(things)};
    auto client = Connection::to(gateway.port());
    const auto answer = ask_on(client, {.target = "/thing/1", .fields = {{"Connection", "close"}}});
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(answer.field("connection"), "close");
    EXPECT_TRUE(client.closes_within());
}

TEST(TrafficTest, PipelinedRequestsAreAnsweredInTheirOrder) {
    ScriptedService things{ScriptedService::json(echo)};
    Gateway gateway{gateway_over(things)};
    std::string all;
    for (int i = 0; i < 50; ++i) all += request_bytes({.target = "/thing/" + std::to_string(i)});
    auto client = Connection::to(gateway.port());
    client.send(all);
    for (int i = 0; i < 50; ++i) {
        const auto answer = client.read_message();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, R"({"thing":"/things/)" + std::to_string(i) + "\"}");
    }
    EXPECT_EQ(things.connections(), 1U) << "one at a time";
}

TEST(TrafficTest, AConnectionThatTheServiceHasClosedIsReplacedUnseen) {
    ScriptedService things{[](const Message&, Connection& connection) {
        connection.send(json_answer("1"));
        connection.close();
    }};
    Gateway gateway{gateway_over(things)};
    auto client = Connection::to(gateway.port());
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(ask_on(client, {.target = "/thing/1"}).status(), 200);
    }
    EXPECT_EQ(things.requests().size(), 20U);
}

std::string mebibytes(std::size_t count) {
    std::string bytes;
    bytes.reserve(count << 20);
    for (std::uint32_t state = 1; bytes.size() < count << 20;) {
        state = state * 1664525 + 1013904223;
        bytes += static_cast<char>(state >> 24);
    }
    return bytes;
}

TEST(TrafficTest, FiveMebibytesPassThroughBothWays) {
    ScriptedService things{ScriptedService::json(echo)};
    Gateway gateway{gateway_over(things)};
    const auto body = mebibytes(5);
    auto client = Connection::to(gateway.port());
    const auto answer = ask_on(client, {.method = "PUT", .target = "/echo", .body = body});
    EXPECT_EQ(answer.status(), 200);
    EXPECT_TRUE(answer.body == body) << answer.body.size();
    EXPECT_EQ(answer.field("content-length"), std::to_string(body.size()));
    EXPECT_EQ(ask_on(client, {.target = "/thing/1"}).status(), 200)
        << "the connection is still good";
}

std::string in_chunks(const std::string& body) {
    std::string chunks;
    for (std::size_t at = 0; at < body.size(); at += 70'000) {
        const auto piece = body.substr(at, 70'000);
        std::array<char, 16> size{};
        const auto end =
            std::to_chars(size.data(), size.data() + size.size(), piece.size(), 16).ptr;
        chunks += std::string{size.data(), end} + "\r\n" + piece + "\r\n";
    }
    return chunks + "0\r\n\r\n";
}

TEST(TrafficTest, ChunkedBodiesPassThroughBothWays) {
    ScriptedService things{[](const Message& request, Connection& connection) {
        connection.send(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + in_chunks(request.body)
        );
    }};
    Gateway gateway{gateway_over(things)};
    const auto body = mebibytes(5);
    auto client = Connection::to(gateway.port());
    client.send(
        "PUT /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + in_chunks(body)
    );
    const auto answer = client.read_message();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 200);
    EXPECT_TRUE(answer->body == body) << answer->body.size();
}

TEST(TrafficTest, ABodyOverTheRoutesLimitIsRefusedBeforeItIsRead) {
    ScriptedService things{ScriptedService::json(echo)};
    Gateway gateway{gateway_over(things)};
    auto client = Connection::to(gateway.port());
    client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n");
    const auto answer = client.read_message();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status(), 413);
    EXPECT_EQ(things.requests().size(), 0U);
    const auto fits =
        ask(gateway.port(), {.method = "POST", .target = "/echo", .body = mebibytes(1)});
    EXPECT_EQ(fits.status(), 200);
}

void allow_many_files() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::string order_id(std::size_t client) { return "o-" + std::to_string(client + 1); }

// All is as it is by default, but for the times within which a slow build may still answer.
TEST(TrafficTest, AThousandClientsAtTheSameTimeAreAllAnsweredWhole) {
    allow_many_files();
    constexpr std::size_t clients = 1000;
    const std::vector<std::string> options{"--threads", "450"};
    Service orders{order_service(), options};
    Service users{user_service(), options};
    Service products{product_service(), options};
    Gateway gateway{GatewayText{
        .upstreams =
            {{"orders", orders.port(), "60s"},
             {"users", users.port(), "60s"},
             {"products", products.port(), "60s"}},
        .routes = order_route(),
        .workers = 1}};  // whose connections the services have threads for

    std::vector<Connection> connections;
    for (std::size_t i = 0; i < clients; ++i) connections.push_back(Connection::to(gateway.port()));
    for (std::size_t i = 0; i < clients; ++i) {
        connections[i].send(request_bytes({.target = "/order-details/" + order_id(i)}));
    }
    for (std::size_t i = 0; i < clients; ++i) {
        const auto answer = connections[i].read_message();
        ASSERT_TRUE(answer) << i;
        ASSERT_EQ(answer->status(), 200) << answer->body;
        ASSERT_EQ(answer->field("weft-complete"), "") << answer->body;
        ASSERT_EQ(Json::parse(answer->body).at("order").at("id"), order_id(i));
    }
}

}  // namespace
}  // namespace weft
