// for_each: how many items, which, and what a list may be, against services that the test scripts.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

const char* const routes = R"(
required:
  path: /required
  timeout: 30s
  steps:
    list: { upstream: lists, path: /list }
    things: { upstream: things, for_each: "${list.ids}", path: "/things/${item}" }
  response:
    body: { things: "${things}" }
optional:
  path: /optional
  timeout: 30s
  steps:
    list: { upstream: lists, path: /list }
    things: { upstream: things, for_each: "${list.ids}", path: "/things/${item}", required: false }
  response:
    body: { things: "${things}" }
allowed-absent:
  path: /allowed-absent
  timeout: 30s
  steps:
    list: { upstream: lists, path: /list }
    things: { upstream: things, for_each: "${list.ids?}", path: "/things/${item}" }
  response:
    body: { things: "${things}" }
)";

// A gateway over a service that sends the list and one that answers /things/X with {"thing":"X"},
// or 404 for "none".
class Loop {
  public:
    explicit Loop(const std::string& list)
        : lists_{ScriptedService::json([list](const Message&) { return list; })},
          things_{[](const Message& request, Connection& connection) {
              const auto name = request.target().substr(std::string{"/things/"}.size());
              const auto body = Json{{"thing", name}}.dump();
              connection.send(name == "none" ? answer_bytes(404, body) : json_answer(body));
          }},
          gateway_{GatewayText{
              .upstreams =
                  {{.name = "lists", .port = lists_.port()},
                   {.name = "things", .port = things_.port()}},
              .routes = routes}} {}

    Message ask_for(const std::string& target) { return get(gateway_.port(), target); }
    std::size_t calls() const { return things_.requests().size(); }

  private:
    ScriptedService lists_;
    ScriptedService things_;
    Gateway gateway_;
};

std::string list_of(const Json& ids) { return Json{{"ids", ids}}.dump(); }

Json numbered(int count) {
    Json ids = Json::array();
    for (int i = 0; i < count; ++i) ids.push_back("t" + std::to_string(i));
    return ids;
}

Json things(const Json& ids) {
    Json all = Json::array();
    for (const auto& id : ids) all.push_back({{"thing", id}});
    return all;
}

void expect_things(const Message& answer, const Json& ids) {
    EXPECT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(answer.body, Json({{"things", things(ids)}}).dump());
}

void expect_failure(const Message& answer, const std::string& code) {
    EXPECT_EQ(answer.status(), 502) << answer.body;
    const auto problem = Json::parse(answer.body);
    EXPECT_EQ(problem.at("code"), code);
    EXPECT_EQ(problem.at("step"), "things");
}

void expect_null_list(const Message& answer, const std::string& code) {
    EXPECT_EQ(answer.status(), 200) << answer.body;
    EXPECT_EQ(answer.field("weft-complete"), "false");
    const auto body = Json::parse(answer.body);
    EXPECT_TRUE(body.at("things").is_null());
    EXPECT_EQ(
        body.at("errors"), Json::array({{{"path", "/things"}, {"code", code}, {"status", 502}}})
    );
}

TEST(LoopTest, NoItemsAreAnEmptyListWithoutACall) {
    Loop loop{list_of(Json::array())};
    expect_things(loop.ask_for("/required"), Json::array());
    expect_things(loop.ask_for("/optional"), Json::array());
    EXPECT_EQ(loop.calls(), 0U);
}

TEST(LoopTest, OneItemIsAListOfOne) {
    Loop loop{list_of(numbered(1))};
    expect_things(loop.ask_for("/required"), numbered(1));
    EXPECT_EQ(loop.calls(), 1U);
}

TEST(LoopTest, OneHundredItemsComeInTheirOrder) {
    Loop loop{list_of(numbered(100))};
    expect_things(loop.ask_for("/required"), numbered(100));
    EXPECT_EQ(loop.calls(), 100U);
}

TEST(LoopTest, OneHundredAndOneDifferentItemsAreTooManyAndNoneIsCalled) {
    Loop loop{list_of(numbered(101))};
    expect_failure(loop.ask_for("/required"), "too_many_items");
    expect_null_list(loop.ask_for("/optional"), "too_many_items");
    EXPECT_EQ(loop.calls(), 0U);
}

TEST(LoopTest, EqualItemsAreCalledOnceAndStandInEveryPlace) {
    auto ids = numbered(100);
    for (int i = 0; i < 50; ++i) ids.push_back("t" + std::to_string(i * 2));
    Loop loop{list_of(ids)};
    expect_things(loop.ask_for("/required"), ids);
    EXPECT_EQ(loop.calls(), 100U);
}

TEST(LoopTest, ANullListIsEmptyAndAnAbsentOneIsNot) {
    Loop null{R"({"ids":null})"};
    expect_things(null.ask_for("/required"), Json::array());
    Loop absent{"{}"};
    expect_failure(absent.ask_for("/required"), "missing_input");
    expect_null_list(absent.ask_for("/optional"), "missing_input");
    expect_things(absent.ask_for("/allowed-absent"), Json::array());
    EXPECT_EQ(absent.calls(), 0U);
}

TEST(LoopTest, WhatIsNotAListIsRefusedWithoutACall) {
    for (const std::string ids : {"\"t0\"", "7", "true", "{\"0\":\"t0\"}"}) {
        SCOPED_TRACE(ids);
        Loop loop{"{\"ids\":" + ids + "}"};
        expect_failure(loop.ask_for("/required"), "not_a_list");
        expect_null_list(loop.ask_for("/optional"), "not_a_list");
        EXPECT_EQ(loop.calls(), 0U);
    }
}

TEST(LoopTest, AnItemWithoutAValueIsMissingInItsPlace) {
    Loop loop{R"({"ids":["t0",null,"t2"]})"};
    expect_failure(loop.ask_for("/required"), "missing_input");
    EXPECT_EQ(loop.calls(), 0U) << "everything is rendered before the first call";
    const auto body = Json::parse(loop.ask_for("/optional").body);
    EXPECT_EQ(body.at("things"), Json::array({{{"thing", "t0"}}, nullptr, {{"thing", "t2"}}}));
    EXPECT_EQ(
        body.at("errors"),
        Json::array({{{"path", "/things/1"}, {"code", "missing_input"}, {"status", 502}}})
    );
}

TEST(LoopTest, AnItemThatIsNoScalarIsRefused) {
    Loop loop{R"({"ids":[["t0"],{"t":0}]})"};
    expect_failure(loop.ask_for("/required"), "invalid_value");
    const auto body = Json::parse(loop.ask_for("/optional").body);
    EXPECT_EQ(body.at("things"), Json::array({nullptr, nullptr}));
    EXPECT_EQ(body.at("errors").size(), 2U);
    EXPECT_EQ(loop.calls(), 0U);
}

TEST(LoopTest, AnItemThatFailsHasAnEntryForEveryPlaceItStandsIn) {
    Loop loop{list_of({"none", "t1", "none"})};
    const auto body = Json::parse(loop.ask_for("/optional").body);
    EXPECT_EQ(body.at("things"), Json::array({nullptr, {{"thing", "t1"}}, nullptr}));
    ASSERT_EQ(body.at("errors").size(), 2U);
    EXPECT_EQ(body.at("errors")[0].at("path"), "/things/0");
    EXPECT_EQ(body.at("errors")[1].at("path"), "/things/2");
    EXPECT_EQ(loop.calls(), 2U);
}

}  // namespace
}  // namespace weft
