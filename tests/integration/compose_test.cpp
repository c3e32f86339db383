// The shipped routes over the real services: what comes out is what a client could have put
// together alone.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/harness/ask.hpp"
#include "integration/harness/services_test.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

class ComposeTest : public ServicesTest {
  protected:
    static void SetUpTestSuite() {
        ServicesTest::SetUpTestSuite();
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams = services_->upstreams(), .workers = 2});
    }
    static void TearDownTestSuite() {
        gateway_->expect_clean_end();
        gateway_.reset();
        ServicesTest::TearDownTestSuite();
    }
    static std::uint16_t gateway() { return gateway_->port(); }

    inline static std::unique_ptr<Gateway> gateway_;
};

// Asks the services one by one and puts their bytes together.
class IndependentComposition {
  public:
    IndependentComposition(std::uint16_t orders, std::uint16_t users, std::uint16_t products)
        : orders_{Connection::to(orders)},
          users_{Connection::to(users)},
          products_{Connection::to(products)} {}

    std::string order_details(const std::string& id) {
        const auto order = ask_on(orders_, {.target = "/orders/" + id}).body;
        const auto parsed = Json::parse(order);
        return R"({"order":)" + order + R"(,"user":)" + user(parsed.at("user_id")) +
               R"(,"products":)" + products(parsed.at("product_ids")) + "}";
    }

    std::string user_dashboard(const std::string& id) {
        const auto orders = ask_on(orders_, {.target = "/orders?limit=30&user_id=" + id}).body;
        Json ids = Json::array();
        for (const auto& order : Json::parse(orders)) {
            for (const auto& product : order.at("product_ids")) ids.push_back(product);
        }
        return R"({"user":)" + user(id) + R"(,"orders":)" + orders + R"(,"products":)" +
               products(ids) + "}";
    }

  private:
    std::string user(const std::string& id) {
        return ask_on(users_, {.target = "/users/" + id}).body;
    }

    std::string products(const Json& ids) {
        std::string list;
        for (const auto& id : ids) {
            list += list.empty() ? "" : ",";
            list += ask_on(products_, {.target = "/products/" + id.get<std::string>()}).body;
        }
        return "[" + list + "]";
    }

    Connection orders_;
    Connection users_;
    Connection products_;
};

TEST_F(ComposeTest, TwoHundredOrdersEqualAnIndependentComposition) {
    IndependentComposition independent{orders(), users(), products()};
    auto connection = Connection::to(gateway());
    for (int i = 0; i < 200; ++i) {
        const auto id = "o-" + std::to_string(1 + i * 49);
        const auto answer = ask_on(connection, {.target = "/order-details/" + id});
        ASSERT_EQ(answer.status(), 200) << id << answer.body;
        ASSERT_EQ(answer.body, independent.order_details(id));
        ASSERT_EQ(answer.field("content-type"), "application/json");
        ASSERT_EQ(answer.field("weft-complete"), "");
    }
}

TEST_F(ComposeTest, DashboardsEqualAnIndependentComposition) {
    IndependentComposition independent{orders(), users(), products()};
    auto connection = Connection::to(gateway());
    for (int i = 1; i <= 15; ++i) {
        const auto id = "u-" + std::to_string(i * 61);
        const auto answer = ask_on(connection, {.target = "/user-dashboard/" + id});
        ASSERT_EQ(answer.status(), 200) << id << answer.body;
        ASSERT_EQ(answer.body, independent.user_dashboard(id));
    }
}

TEST_F(ComposeTest, TheProxyRoutePassesTheServicesAnswerOn) {
    const auto direct = get(orders(), "/orders/o-17");
    const auto proxied = get(gateway(), "/orders/o-17");
    EXPECT_EQ(proxied.status(), 200);
    EXPECT_EQ(proxied.body, direct.body);
    EXPECT_EQ(proxied.field("etag"), direct.field("etag"));
    EXPECT_EQ(proxied.field("content-length"), direct.field("content-length"));
    EXPECT_EQ(
        get(gateway(), "/orders/o-17", {{"If-None-Match", direct.field("etag")}}).status(), 304
    );
    EXPECT_EQ(get(gateway(), "/orders/nobody").body, get(orders(), "/orders/nobody").body);
}

TEST_F(ComposeTest, WhatIsNotThereIs404) {
    for (const std::string target : {"/order-details/o-99999", "/user-dashboard/u-4711"}) {
        const auto answer = get(gateway(), target);
        EXPECT_EQ(answer.status(), 404) << target;
        EXPECT_EQ(answer.field("content-type"), "application/problem+json");
        EXPECT_EQ(answer.field("proxy-status"), "weft; received-status=404");
        const auto problem = Json::parse(answer.body);
        EXPECT_EQ(problem.at("type"), "urn:weft:upstream_status");
        EXPECT_EQ(problem.at("status"), 404);
        EXPECT_EQ(problem.at("code"), "upstream_status");
        EXPECT_EQ(problem.at("instance"), target);
        EXPECT_TRUE(problem.contains("step"));
        EXPECT_TRUE(problem.contains("upstream"));
        EXPECT_EQ(answer.body.find("has the id"), std::string::npos) << "text of the service";
    }
    const auto nowhere = get(gateway(), "/nowhere");
    EXPECT_EQ(nowhere.status(), 404);
    EXPECT_EQ(Json::parse(nowhere.body).at("code"), "not_found");
}

TEST_F(ComposeTest, AMethodThatTheRouteDoesNotHaveIs405WithThoseItHas) {
    const auto answer = ask(gateway(), {.method = "POST", .target = "/order-details/o-1"});
    EXPECT_EQ(answer.status(), 405);
    EXPECT_NE(answer.field("allow").find("GET"), std::string::npos);
    EXPECT_EQ(Json::parse(answer.body).at("code"), "method_not_allowed");
    const auto options = ask(gateway(), {.method = "OPTIONS", .target = "/order-details/o-1"});
    EXPECT_EQ(options.status(), 204);
    EXPECT_EQ(options.field("allow"), answer.field("allow"));
}

TEST_F(ComposeTest, HeadIsTheSameHeadWithoutTheBody) {
    for (const std::string target : {"/order-details/o-3", "/orders/o-3", "/user-dashboard/u-3"}) {
        auto connection = Connection::to(gateway());
        const auto head = ask_on(connection, {.method = "HEAD", .target = target});
        // Read from the same connection: had HEAD a body, it would stand in front of this answer.
        const auto whole = ask_on(connection, {.target = target});
        EXPECT_EQ(head.status(), 200);
        EXPECT_EQ(whole.status(), 200);
        EXPECT_EQ(head.field("content-length"), std::to_string(whole.body.size())) << target;
    }
}

TEST_F(ComposeTest, EveryAnswerHasALogLine) {
    const auto answer = get(gateway(), "/order-details/o-42", {{"X-Request-Id", "log-line-test"}});
    EXPECT_EQ(answer.status(), 200);
    const auto line = Json::parse(gateway_->process().line_with({"\"log-line-test\""}));
    EXPECT_EQ(line.at("route"), "order-details");
    EXPECT_EQ(line.at("path"), "/order-details/o-42");
    EXPECT_EQ(line.at("status"), 200);
    EXPECT_EQ(line.at("complete"), true);
    EXPECT_GE(line.at("calls").size(), 3U);
}

TEST_F(ComposeTest, HealthIsAnsweredOnTheAdminListenerOnly) {
    const auto host = "127.0.0.1:" + std::to_string(gateway_->admin_port());
    for (const std::string target : {"/livez", "/readyz"}) {
        auto connection = Connection::to(gateway_->admin_port());
        connection.send("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        EXPECT_EQ(connection.read_message()->status(), 200) << target;
        EXPECT_EQ(get(gateway(), target).status(), 404) << target;
    }
}

}  // namespace
}  // namespace weft
