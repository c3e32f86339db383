// What happens at the same time.
#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "integration/harness/ask.hpp"
#include "integration/harness/events.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

TEST(ConcurrencyTest, AllFiveCallsOfAWaveAreWaitingAtTheSameTime) {
    Gate gate{5};
    const auto when_all_wait = [&gate](const Message& request, Connection& connection) {
        if (gate.pass()) connection.send(json_answer("\"" + request.target() + "\""));
    };
    ScriptedService orders{ScriptedService::json([](const Message&) {
        return R"({"user_id":"u","product_ids":["a","b","c","d"]})";
    })};
    ScriptedService users{when_all_wait};
    ScriptedService products{when_all_wait};
    Gateway gateway{GatewayText{
        .upstreams =
            {{"orders", orders.port(), "60s"},
             {"users", users.port(), "60s"},
             {"products", products.port(), "60s"}},
        .routes = order_route({.others_required = "true"})}};
    const auto answer = get(gateway.port(), "/order-details/o");
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto body = Json::parse(answer.body);
    EXPECT_EQ(body.at("user"), "/users/u");
    EXPECT_EQ(
        body.at("products"),
        Json::array({"/products/a", "/products/b", "/products/c", "/products/d"})
    );
}

TEST(ConcurrencyTest, AStepThatNeedsNothingDoesNotWaitForOneThatNeedsNothing) {
    Gate gate{2};
    ScriptedService both{[&gate](const Message&, Connection& connection) {
        if (gate.pass()) connection.send(json_answer("1"));
    }};
    Gateway gateway{GatewayText{.upstreams = {{"both", both.port(), "60s"}}, .routes = R"(
pair:
  path: /pair
  timeout: 60s
  steps:
    first: { upstream: both, path: /first }
    second: { upstream: both, path: /second }
  response: { body: { first: "${first}", second: "${second}" } }
)"}};
    EXPECT_EQ(get(gateway.port(), "/pair").body, R"({"first":1,"second":1})");
}

TEST(ConcurrencyTest, MaxConcurrencyIsTheMostCallsOfALoopAtATime) {
    // The first three wait for each other, so fewer are never enough; a fourth among them would be
    // seen.
    Gate gate{3};
    std::mutex mutex;
    int at_work = 0;
    int most_at_work = 0;
    ScriptedService things{[&](const Message&, Connection& connection) {
        {
            const std::lock_guard lock{mutex};
            most_at_work = std::max(most_at_work, ++at_work);
        }
        gate.pass();
        {
            const std::lock_guard lock{mutex};
            --at_work;
        }
        connection.send(json_answer("1"));
    }};
    ScriptedService lists{
        ScriptedService::json([](const Message&) { return R"({"ids":[1,2,3,4,5,6,7,8,9]})"; })};
    Gateway gateway{GatewayText{
        .upstreams = {{"lists", lists.port(), "60s"}, {"things", things.port(), "60s"}},
        .routes = R"(
loop:
  path: /loop
  timeout: 60s
  steps:
    list: { upstream: lists, path: /list }
    things: { upstream: things, for_each: "${list.ids}", path: "/things/${item}", max_concurrency: 3 }
  response: { body: { things: "${things}" } }
)"}};
    EXPECT_EQ(get(gateway.port(), "/loop").body, R"({"things":[1,1,1,1,1,1,1,1,1]})");
    const std::lock_guard lock{mutex};
    EXPECT_EQ(most_at_work, 3);
}

}  // namespace
}  // namespace weft
