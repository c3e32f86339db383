// How the stub services speak HTTP, the trouble they make when asked, their life and end.
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <vector>

#include "integration/harness/ask.hpp"
#include "integration/harness/services_test.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Message& answer) { return Json::parse(answer.body); }

TEST_F(ServicesTest, AnUnchangedRowIsNotSentAgain) {
    const auto first = get(products(), "/products/p-9");
    const auto tag = first.field("etag");
    ASSERT_FALSE(tag.empty());
    for (const auto& known : {tag, "W/" + tag, "\"x\", " + tag, std::string{"*"}}) {
        const auto answer = get(products(), "/products/p-9", {{"If-None-Match", known}});
        EXPECT_EQ(answer.status(), 304) << known;
        EXPECT_EQ(answer.field("etag"), tag);
    }
    EXPECT_EQ(get(products(), "/products/p-9", {{"If-None-Match", "\"x\""}}).status(), 200);
}

TEST_F(ServicesTest, AMethodThatIsNotServedIsRefusedWithThoseThatAre) {
    const auto refused = ask(orders(), {.method = "PUT", .target = "/orders/o-1", .body = "{}"});
    EXPECT_EQ(refused.status(), 405);
    EXPECT_EQ(refused.field("allow"), "GET, HEAD");
    EXPECT_EQ(
        ask(orders(), {.method = "DELETE", .target = "/orders"}).field("allow"), "GET, HEAD, POST"
    );
}

TEST_F(ServicesTest, HeadSaysTheLengthAndSendsNoBody) {
    auto connection = Connection::to(users());
    const auto head = ask_on(connection, {.method = "HEAD", .target = "/users/u-1"});
    const auto whole = ask_on(connection, {.target = "/users/u-1"});
    EXPECT_EQ(head.status(), 200);
    EXPECT_EQ(head.field("content-length"), std::to_string(whole.body.size()));
}

TEST_F(ServicesTest, ABodyThatIsTooLargeDoesNotBecomeTheNextRequest) {
    auto connection = Connection::to(orders());
    const std::string large(2'000'000, 'x');
    connection.send(request_bytes({.method = "POST", .target = "/orders", .body = large}));
    connection.send(request_bytes({.target = "/healthz"}));
    const auto refused = connection.read_message();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->status(), 413);
    EXPECT_EQ(refused->field("connection"), "close");
    EXPECT_TRUE(connection.closes_within());
}

TEST_F(ServicesTest, PipelinedRequestsAreAllAnsweredInOrder) {
    auto connection = Connection::to(users());
    std::string requests;
    for (int i = 1; i <= 20; ++i)
        requests += request_bytes({.target = "/users/u-" + std::to_string(i)});
    connection.send(requests);
    for (int i = 1; i <= 20; ++i) {
        EXPECT_EQ(json_of(*connection.read_message()).at("id"), "u-" + std::to_string(i));
    }
}

TEST_F(ServicesTest, SixtyFourConnectionsAreServedAtTheSameTime) {
    std::vector<Connection> connections;
    connections.reserve(64);
    for (int i = 0; i < 64; ++i) connections.push_back(Connection::to(products()));
    // The last one first: nobody waits for the end of an earlier connection.
    for (auto it = connections.rbegin(); it != connections.rend(); ++it) {
        EXPECT_EQ(ask_on(*it, {.target = "/products/p-1"}).status(), 200);
    }
}

Message faulty(std::uint16_t port, const std::string& target, const std::string& fault) {
    return get(port, target, {{"X-Stub-Fault", fault}});
}

TEST_F(ServicesTest, AFaultIsAppliedOnlyByTheServiceAndItemItNames) {
    EXPECT_EQ(faulty(users(), "/users/u-1", "users:status=503").status(), 503);
    EXPECT_EQ(faulty(users(), "/users/u-1", "orders:status=503").status(), 200);
    EXPECT_EQ(faulty(users(), "/users/u-1", "orders:reset; users:status=404").status(), 404);
    EXPECT_EQ(faulty(users(), "/users/u-1", "status=429").status(), 429);
    EXPECT_EQ(faulty(products(), "/products/p-7", "products/p-7:status=500").status(), 500);
    EXPECT_EQ(faulty(products(), "/products/p-8", "products/p-7:status=500").status(), 200);
}

TEST_F(ServicesTest, AFaultThatIsNotKnownIsRefusedByEveryService) {
    for (const std::string fault :
         {"users:statu=503", "orders:delay=200", "reset=1", "drip", "x"}) {
        EXPECT_EQ(faulty(users(), "/users/u-1", fault).status(), 400) << fault;
    }
}

TEST_F(ServicesTest, ADelayComesBeforeTheAnswer) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(faulty(users(), "/users/u-1", "users:delay=120ms").status(), 200);
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds{120});
}

// All bytes up to the end of the connection, of a request with that fault.
std::string bytes_with_fault(std::uint16_t port, const std::string& fault) {
    auto connection = Connection::to(port);
    connection.send(request_bytes({.target = "/users/u-1", .fields = {{"X-Stub-Fault", fault}}}));
    return connection.read_to_end();
}

TEST_F(ServicesTest, FaultsOnTheWire) {
    EXPECT_EQ(bytes_with_fault(users(), "users:reset"), "");
    const auto whole = get(users(), "/users/u-1");
    const auto cut = bytes_with_fault(users(), "users:truncate");
    EXPECT_TRUE(cut.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_TRUE(cut.ends_with("\r\n\r\n" + whole.body.substr(0, whole.body.size() / 2))) << cut;
    EXPECT_FALSE(bytes_with_fault(users(), "users:garbage").starts_with("HTTP"));
    EXPECT_EQ(faulty(users(), "/users/u-1", "users:drip=10").body, whole.body);
}

TEST_F(ServicesTest, AShareOfTheRequestsFailsWhenAskedTo) {
    Service flaky{product_service(), {"--error-rate", "0.25"}};
    auto connection = Connection::to(flaky.port());
    int failed = 0;
    for (int i = 0; i < 400; ++i) {
        if (ask_on(connection, {.target = "/products/p-1"}).status() == 503) ++failed;
    }
    EXPECT_GT(failed, 60);
    EXPECT_LT(failed, 140);
    EXPECT_EQ(get(flaky.port(), "/healthz").status(), 200);
}

TEST_F(ServicesTest, SigtermLetsARequestInWorkEnd) {
    Service own{user_service()};
    auto idle = Connection::to(own.port());
    ask_on(idle, {.target = "/healthz"});
    auto busy = Connection::to(own.port());
    busy.send(request_bytes({.target = "/users/u-1", .fields = {{"X-Stub-Fault", "delay=300ms"}}}));
    // Connections are accepted in order, so the busy one is accepted by now.
    get(own.port(), "/healthz");
    own.process().signal(SIGTERM);
    EXPECT_EQ(busy.read_message()->status(), 200);
    EXPECT_TRUE(idle.closes_within());
    EXPECT_EQ(own.process().wait_for_exit(), 0);
}

TEST_F(ServicesTest, APortThatIsTakenIsOneClearLine) {
    Process second{{user_service(), "--port", std::to_string(users())}};
    EXPECT_EQ(second.wait_for_exit(), 1);
    EXPECT_EQ(
        second.errors(),
        "user-service: cannot listen on 127.0.0.1:" + std::to_string(users()) +
            ": Address already in use\n"
    );
}

TEST_F(ServicesTest, AWrongCommandLineIsRefused) {
    const std::vector<std::vector<std::string>> wrong{
        {"--port"},
        {"--port", "x"},
        {"--latency", "5"},
        {"--error-rate", "2"},
        {"--nonsense", "1"},
        {"nonsense"},
    };
    for (const auto& options : wrong) {
        std::vector<std::string> arguments{user_service()};
        arguments.insert(arguments.end(), options.begin(), options.end());
        EXPECT_EQ(Process{arguments}.wait_for_exit(), 64) << options[0];
    }
    EXPECT_EQ((Process{{user_service(), "--help"}}.wait_for_exit()), 0);
}

}  // namespace
}  // namespace weft
