// Every kind of trouble at every kind of step: a required one, an optional one, an item of an
// optional loop.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "integration/harness/ask.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/services_test.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

// Of a required step that only the request feeds, and of an optional one, which an answer can do
// without.
struct Trouble {
    std::string fault;
    int status;
    std::string code;
    std::string proxy_status;
    Json entry;  // without its path
};

void PrintTo(const Trouble& trouble, std::ostream* out) { *out << trouble.fault; }

// Longer than the upstreams' timeout below.
const std::string too_late = "delay=30000ms";

std::vector<Trouble> troubles() {
    const auto entry = [](const char* code, int status) {
        return Json{{"code", code}, {"status", status}};
    };
    auto unavailable = entry("upstream_status", 502);
    unavailable["upstream_status"] = 503;
    auto missing = entry("upstream_status", 502);
    missing["upstream_status"] = 404;
    return {
        {"status=503", 502, "upstream_status", "weft; received-status=503", unavailable},
        {"status=404", 404, "upstream_status", "weft; received-status=404", missing},
        {too_late,
         504,
         "upstream_timeout",
         "weft; error=connection_read_timeout",
         entry("upstream_timeout", 504)},
        {"reset",
         502,
         "upstream_closed",
         "weft; error=connection_terminated",
         entry("upstream_closed", 502)},
        {"truncate",
         502,
         "upstream_closed",
         "weft; error=http_response_incomplete",
         entry("upstream_closed", 502)},
        {"garbage",
         502,
         "upstream_protocol",
         "weft; error=http_protocol_error",
         entry("upstream_protocol", 502)},
    };
}

std::string name_of(const testing::TestParamInfo<Trouble>& info) {
    return info.param.fault.substr(0, info.param.fault.find('=')) +
           (info.param.fault.starts_with("status=") ? info.param.fault.substr(7) : "");
}

// With a timeout that an answer in time never meets, even on a loaded machine.
const std::string routes =
    order_route({.timeout = "20s"}) +
    order_route({.name = "all-required", .timeout = "20s", .others_required = "true"}) +
    R"(
order:
  path: /orders/{id}
  timeout: 20s
  proxy: { upstream: orders, path: "/orders/{id}" }
)";

class FaultTest : public ServicesTest {
  protected:
    static void SetUpTestSuite() {
        ServicesTest::SetUpTestSuite();
        gateway_ = std::make_unique<Gateway>(GatewayText{
            .upstreams = services_->upstreams("2500ms"), .routes = routes});
        order_ = Json::parse(get(orders(), "/orders/" + order_id).body);
    }
    static void TearDownTestSuite() {
        gateway_->expect_clean_end();
        gateway_.reset();
        ServicesTest::TearDownTestSuite();
    }

    static Message details(const std::string& fault) { return ask_for("/order-details/", fault); }
    static Message ask_for(const std::string& path, const std::string& fault) {
        return get(gateway_->port(), path + order_id, {{"X-Stub-Fault", fault}});
    }

    inline static const std::string order_id = "o-1001";
    inline static std::unique_ptr<Gateway> gateway_;
    inline static Json order_;
};

class FaultsTest : public FaultTest, public testing::WithParamInterface<Trouble> {};

void expect_partial(const Message& answer) {
    EXPECT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(answer.field("weft-complete"), "false");
    EXPECT_EQ(answer.field("cache-control"), "no-store");
    EXPECT_EQ(answer.field("content-type"), "application/json");
}

Json errors_at(const std::string& path, const Json& entry) {
    Json whole{{"path", path}};
    whole.update(entry);
    return Json::array({whole});
}

void expect_problem(const Message& answer, int status, const Trouble& trouble) {
    EXPECT_EQ(answer.status(), status) << answer.body;
    EXPECT_EQ(answer.field("content-type"), "application/problem+json");
    EXPECT_EQ(answer.field("proxy-status"), trouble.proxy_status);
    EXPECT_EQ(answer.field("cache-control"), "no-store");
    EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
    const auto problem = Json::parse(answer.body);
    EXPECT_EQ(problem.at("type"), "urn:weft:" + trouble.code);
    EXPECT_EQ(problem.at("code"), trouble.code);
    EXPECT_EQ(problem.at("status"), status);
}

TEST_P(FaultsTest, OfARequiredStepIsTheAnswersOwn) {
    const auto answer = details("orders:" + GetParam().fault);
    expect_problem(answer, GetParam().status, GetParam());
    const auto problem = Json::parse(answer.body);
    EXPECT_EQ(problem.at("step"), "order");
    EXPECT_EQ(problem.at("upstream"), "orders");
    EXPECT_EQ(problem.at("instance"), "/order-details/o-1001");
}

TEST_P(FaultsTest, OfAnOptionalStepLeavesItNull) {
    const auto answer = details("users:" + GetParam().fault);
    expect_partial(answer);
    const auto body = Json::parse(answer.body);
    EXPECT_EQ(body.at("order"), order_);
    EXPECT_TRUE(body.at("user").is_null());
    EXPECT_EQ(body.at("products").size(), order_.at("product_ids").size());
    EXPECT_EQ(body.at("errors"), errors_at("/user", GetParam().entry));
}

TEST_P(FaultsTest, OfAnItemLeavesItNullInItsPlace) {
    const auto& ids = order_.at("product_ids");
    ASSERT_GE(ids.size(), 2U);
    const auto answer = details("products/" + ids[1].get<std::string>() + ":" + GetParam().fault);
    expect_partial(answer);
    const auto body = Json::parse(answer.body);
    ASSERT_EQ(body.at("products").size(), ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto& product = body.at("products")[i];
        if (i == 1) {
            EXPECT_TRUE(product.is_null());
        } else {
            EXPECT_EQ(product.at("id"), ids[i]);
        }
    }
    EXPECT_EQ(body.at("user").at("id"), order_.at("user_id"));
    EXPECT_EQ(body.at("errors"), errors_at("/products/1", GetParam().entry));
}

TEST_P(FaultsTest, OfARequiredStepFedByAnotherIsNeverTheClientsFault) {
    const int status = GetParam().status == 404 ? 502 : GetParam().status;
    const auto of_user = ask_for("/all-required/", "users:" + GetParam().fault);
    expect_problem(of_user, status, GetParam());
    EXPECT_EQ(Json::parse(of_user.body).at("step"), "user");
    const auto of_item = ask_for("/all-required/", "products:" + GetParam().fault);
    expect_problem(of_item, status, GetParam());
    EXPECT_EQ(Json::parse(of_item.body).at("step"), "products");
}

INSTANTIATE_TEST_SUITE_P(Each, FaultsTest, testing::ValuesIn(troubles()), name_of);

TEST_F(FaultTest, AnAnswerThatDripsIsTheWholeAnswer) {
    const auto whole = details("");
    ASSERT_EQ(whole.status(), 200);
    for (const std::string service : {"orders", "users", "products"}) {
        EXPECT_EQ(details(service + ":drip=10").body, whole.body) << service;
    }
    EXPECT_EQ(ask_for("/orders/", "orders:drip=10").body, order_.dump());
}

TEST_F(FaultTest, SeveralPartsThatAreMissingHaveAnEntryEach) {
    const auto answer = details("users:reset, products:status=500");
    expect_partial(answer);
    const auto body = Json::parse(answer.body);
    EXPECT_EQ(body.at("errors").size(), 1 + order_.at("product_ids").size());
    EXPECT_EQ(body.at("errors")[0].at("path"), "/user");
    EXPECT_EQ(body.at("errors")[1].at("path"), "/products/0");
}

TEST_F(FaultTest, OfAProxyRoute) {
    EXPECT_EQ(ask_for("/orders/", "orders:status=503").status(), 503) << "passed on as it came";
    EXPECT_EQ(ask_for("/orders/", "orders:status=404").status(), 404);
    for (const auto& trouble : troubles()) {
        if (trouble.fault.starts_with("status") || trouble.fault == "truncate") continue;
        SCOPED_TRACE(trouble.fault);
        expect_problem(ask_for("/orders/", "orders:" + trouble.fault), trouble.status, trouble);
    }
}

// The head is out when the body ends too soon: all that can be said is that it is not whole.
TEST_F(FaultTest, AProxiedBodyThatIsCutShortEndsTheConnectionWithinIt) {
    auto connection = Connection::to(gateway_->port());
    const Fields fields{{"X-Stub-Fault", "orders:truncate"}};
    connection.send(request_bytes({.target = "/orders/" + order_id, .fields = fields}));
    EXPECT_THROW(connection.read_message(), std::runtime_error);
}

}  // namespace
}  // namespace weft
