// The data of the stub services, and how it is asked for.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>
#include <vector>

#include "integration/harness/ask.hpp"
#include "integration/harness/services_test.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Message& answer) { return Json::parse(answer.body); }

std::int64_t sum_of_items(const Json& order) {
    std::int64_t sum = 0;
    for (const auto& item : order.at("items")) {
        sum += item.at("quantity").get<std::int64_t>() *
               item.at("unit_price_cents").get<std::int64_t>();
    }
    return sum;
}

std::vector<std::string> different_products(const Json& order) {
    std::vector<std::string> ids;
    for (const auto& item : order.at("items")) {
        const auto id = item.at("product_id").get<std::string>();
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
    return ids;
}

TEST_F(ServicesTest, EveryOrderAddsUpAndItsReferencesExist) {
    auto to_orders = Connection::to(orders());
    auto to_users = Connection::to(users());
    auto to_products = Connection::to(products());
    std::size_t with_repeats = 0;
    for (int number = 1; number <= 10'000; number += 37) {
        const auto id = "o-" + std::to_string(number);
        SCOPED_TRACE(id);
        const auto order = json_of(ask_on(to_orders, {.target = "/orders/" + id}));
        EXPECT_EQ(order.at("id"), id);
        EXPECT_EQ(order.at("total_cents"), sum_of_items(order));
        const auto ids = order.at("product_ids").get<std::vector<std::string>>();
        EXPECT_EQ(ids, different_products(order));
        EXPECT_GE(ids.size(), 1U);
        EXPECT_LE(ids.size(), 8U);
        if (ids.size() < order.at("items").size()) ++with_repeats;
        const auto user_id = order.at("user_id").get<std::string>();
        EXPECT_EQ(json_of(ask_on(to_users, {.target = "/users/" + user_id})).at("id"), user_id);
        for (const auto& product : ids) {
            EXPECT_EQ(
                json_of(ask_on(to_products, {.target = "/products/" + product})).at("id"), product
            );
        }
    }
    EXPECT_GT(with_repeats, 0U);
}

TEST_F(ServicesTest, RowsExistFromTheFirstToTheLastNumber) {
    const std::vector<std::tuple<std::uint16_t, std::string, int>> cases{
        {orders(), "/orders/o-1", 200},
        {orders(), "/orders/o-10000", 200},
        {orders(), "/orders/o-0", 404},
        {orders(), "/orders/o-20000", 404},
        {orders(), "/orders/o-01", 404},
        {orders(), "/orders/u-1", 404},
        {orders(), "/orders/o-1%2F", 404},
        {orders(), "/orders/", 404},
        {users(), "/users/u-1", 200},
        {users(), "/users/u-1000", 200},
        {users(), "/users/u-1001", 404},
        {users(), "/users/%75-1", 200},
        {products(), "/products/p-500", 200},
        {products(), "/products/p-501", 404},
        {products(), "/healthz", 200},
        {products(), "/", 404},
        {users(), "/users/u-18446744073709551617", 404},
    };
    for (const auto& [port, target, status] : cases) {
        SCOPED_TRACE(target);
        const auto answer = get(port, target);
        EXPECT_EQ(answer.status(), status);
        const auto* const type = status == 200 ? "application/json" : "application/problem+json";
        EXPECT_EQ(answer.field("content-type"), type);
        if (status != 200) {
            EXPECT_EQ(json_of(answer).at("status"), status);
        }
    }
}

TEST_F(ServicesTest, ManyRowsAreAskedForByTheirIds) {
    const auto some = json_of(get(users(), "/users?ids=u-3,u-1,nobody,u-3"));
    ASSERT_EQ(some.size(), 2U);
    EXPECT_EQ(some[0].at("id"), "u-3");
    EXPECT_EQ(some[1], json_of(get(users(), "/users/u-1")));

    std::string hundred = "p-1";
    for (int number = 2; number <= 100; ++number) hundred += ",p-" + std::to_string(number);
    EXPECT_EQ(json_of(get(products(), "/products?ids=" + hundred)).size(), 100U);
    EXPECT_EQ(get(products(), "/products?ids=" + hundred + ",p-101").status(), 400);
    EXPECT_EQ(get(products(), "/products?ids=").status(), 400);
    EXPECT_EQ(get(products(), "/products").status(), 400);
}

TEST_F(ServicesTest, OrdersOfAUserComeNewestFirst) {
    const auto list = json_of(get(orders(), "/orders?user_id=u-1"));
    ASSERT_GE(list.size(), 2U);
    for (std::size_t i = 0; i < list.size(); ++i) {
        EXPECT_EQ(list[i].at("user_id"), "u-1");
        if (i > 0) {
            EXPECT_GT(list[i - 1].at("created_at"), list[i].at("created_at"));
        }
    }
    const auto newest = json_of(get(orders(), "/orders?user_id=u-1&limit=1"));
    EXPECT_EQ(newest, Json::array({list[0]}));
    EXPECT_EQ(json_of(get(orders(), "/orders?user_id=nobody")), Json::array());
    for (const std::string limit : {"0", "101", "-1", "x", "1x", ""}) {
        EXPECT_EQ(get(orders(), "/orders?user_id=u-1&limit=" + limit).status(), 400) << limit;
    }
    EXPECT_EQ(get(orders(), "/orders").status(), 400);
}

TEST_F(ServicesTest, DashboardsFitIntoOneHundredDifferentProducts) {
    auto to_orders = Connection::to(orders());
    for (int number = 1; number <= 1'000; number += 13) {
        const auto id = "u-" + std::to_string(number);
        std::set<std::string> different;
        const auto list = json_of(ask_on(to_orders, {.target = "/orders?limit=30&user_id=" + id}));
        for (const auto& order : list) {
            for (const auto& product : order.at("product_ids")) different.insert(product);
        }
        EXPECT_LE(different.size(), 100U) << id;
    }
}

TEST_F(ServicesTest, TheSameSeedGivesTheSameData) {
    Service same{order_service(), {"--seed", "1"}};
    Service other{order_service(), {"--seed=2"}};
    const auto body = get(orders(), "/orders/o-77").body;
    EXPECT_EQ(get(same.port(), "/orders/o-77").body, body);
    EXPECT_NE(get(other.port(), "/orders/o-77").body, body);
}

Message post_order(std::uint16_t port, const std::string& body) {
    return ask(
        port,
        {.method = "POST",
         .target = "/orders",
         .fields = {{"Content-Type", "application/json"}},
         .body = body}
    );
}

const char* const good_order = R"({"user_id":"u-5","currency":"EUR",
    "items":[{"product_id":"p-1","quantity":2,"unit_price_cents":150},
             {"product_id":"p-2","quantity":1,"unit_price_cents":99},
             {"product_id":"p-1","quantity":1,"unit_price_cents":100}],
    "shipping":{"method":"standard","street":"Way 1","city":"Lyon","postal_code":"69001","country":"FR"}})";

TEST_F(ServicesTest, APostedOrderIsKept) {
    Service own{order_service()};
    const auto created = post_order(own.port(), good_order);
    ASSERT_EQ(created.status(), 201) << created.body;
    EXPECT_EQ(created.field("location"), "/orders/o-10001");
    const auto order = json_of(created);
    EXPECT_EQ(order.at("total_cents"), 499);
    EXPECT_EQ(order.at("product_ids"), Json::array({"p-1", "p-2"}));
    EXPECT_EQ(get(own.port(), "/orders/o-10001").body, created.body);
    EXPECT_EQ(json_of(get(own.port(), "/orders?user_id=u-5&limit=1"))[0], order);
}

TEST_F(ServicesTest, AWrongOrderIsRefusedWithEveryMistake) {
    auto document = Json::parse(good_order);
    document["user_id"] = "5";
    document["extra"] = 1;
    document["items"][1]["quantity"] = 1.5;
    document["items"][2].erase("product_id");
    const auto answer = post_order(orders(), document.dump());
    EXPECT_EQ(answer.status(), 400);
    const auto expected = Json::parse(R"([
        {"pointer":"/extra","detail":"is not known"},
        {"pointer":"/user_id","detail":"must be an id such as u-1"},
        {"pointer":"/items/1/quantity","detail":"must be an integer from 1 to 1000"},
        {"pointer":"/items/2/product_id","detail":"is missing"}])");
    EXPECT_EQ(json_of(answer).at("errors"), expected);

    for (const std::string body : {"", "[]", "{", "{}", R"({"items":[]})"}) {
        EXPECT_EQ(post_order(orders(), body).status(), 400) << body;
    }
    EXPECT_EQ(
        ask(orders(), {.method = "POST", .target = "/orders", .body = good_order}).status(), 415
    );
}

}  // namespace
}  // namespace weft
