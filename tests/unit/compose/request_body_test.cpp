// The bodies of calls: JSON templates, and the client's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

std::shared_ptr<const Snapshot> route_of(
    const std::string& steps, const std::string& response, const std::string& settings = ""
) {
    return compile_routes(
        "r:\n  path: /r/{id}\n  method: POST\n  steps:\n" + steps +
            "  response: { body: " + response + " }\n",
        settings
    );
}

// The body that a step with this template sends; `feeder` has answered.
std::string sent(const std::string& body, ClientRequest request, const std::string& feeder = "{}") {
    request.path = {{"id", "7"}};
    Bench bench{
        route_of(
            "    feeder: { upstream: users, path: /f }\n"
            "    s: { upstream: users, path: /s, method: POST, after: feeder, body: " +
                body + " }\n",
            R"(["${s}", "${feeder}"])"
        ),
        std::move(request)};
    bench.start();
    bench.source.answer("/f", feeder);
    return bench.answered() ? "none: " + bench.body() : bench.source.call(1).body;
}

TEST(RequestBody, IsATemplateInWhichValuesKeepTheirTypeAndBytes) {
    const std::string feeder = R"({"n":1e400,"s":"a\u00e9\"","o":{ "k" : [1,2] },"t":true})";
    EXPECT_EQ(
        sent(
            R"({ n: "${feeder.n}", s: "${feeder.s}", o: "${feeder.o}", t: ["${feeder.t}", 1.50], id: "${request.path.id}" })",
            {},
            feeder
        ),
        R"({"n":1e400,"s":"a\u00e9\"","o":{ "k" : [1,2] },"t":[true,1.50],"id":"7"})"
    );
    EXPECT_EQ(sent("[1, { a: [] }]", {}), R"([1,{"a":[]}])");
    EXPECT_EQ(sent("{}", {}), "{}");
    EXPECT_EQ(sent("\"${feeder}\"", {}, " [1] "), "[1]");
    EXPECT_EQ(sent("text", {}), "\"text\"");
}

TEST(RequestBody, EscapesWhatStandsInText) {
    const std::string body = sent(
        R"({ a: "x \" ${feeder.s} ${request.query.q} ${feeder.n}" })",
        {.query = "q=%22%5C%0A%FF%7D"},
        R"({"s":"\"},\u0000\n","n":12})"
    );
    EXPECT_EQ(
        body,
        R"({"a":"x \" \"},\u0000\n \"\\\n)"
        "\xEF\xBF\xBD"
        R"(} 12"})"
    );
    EXPECT_TRUE(nlohmann::json::accept(body));
}

TEST(RequestBody, IsTheClientsByteForByte) {
    const std::string bytes = " {\"a\" : 1.0, \"a\":\t2e0 }\r\n";
    EXPECT_EQ(sent("\"${request.body}\"", {.body = bytes}), bytes);
    EXPECT_EQ(sent("\"${request.body}\"", {.body = "null"}), "null");
    EXPECT_EQ(
        sent("{ wrapped: \"${request.body}\" }", {.body = bytes}), "{\"wrapped\":" + bytes + "}"
    );
}

TEST(RequestBody, OfTheClientFeedsSeveralSteps) {
    Bench bench{
        route_of(
            "    a: { upstream: users, path: /a, method: PUT, body: \"${request.body}\" }\n"
            "    b: { upstream: users, path: \"/b/${request.body.id}\" }\n"
            "    c: { upstream: users, path: /c, method: POST, body: { id: \"${request.body.id}\" "
            "} }\n",
            R"(["${a}", "${b}", "${c}"])"
        ),
        {.path = {{"id", "7"}}, .body = R"({"id":12})"}};
    bench.start();
    EXPECT_THAT(bench.source.targets(), ElementsAre("/a", "/b/12", "/c"));
    EXPECT_EQ(bench.source.call(0).body, R"({"id":12})");
    EXPECT_EQ(bench.source.call(0).method, Method::put);
    EXPECT_EQ(bench.source.call(2).body, R"({"id":12})");
}

TEST(RequestBody, OfTheClientThatIsNotJsonIsRefusedBeforeAnyCall) {
    for (const char* body : {"{", "a", "{}{}", " ", "\"\xff\"", "[1,]"}) {
        Bench bench{
            route_of(
                "    a: { upstream: users, path: /a }\n"
                "    s: { upstream: users, path: /s, method: POST, body: \"${request.body}\" }\n",
                R"(["${a}", "${s}"])"
            ),
            {.body = body}};
        bench.start();
        EXPECT_EQ(bench.status(), 400) << body;
        EXPECT_EQ(bench.member("/code"), R"("bad_request_body")") << body;
        EXPECT_TRUE(bench.source.targets().empty());
    }
}

TEST(RequestBody, OfTheClientThatIsEmptyIsAbsent) {
    Bench bench{route_of(
        "    s: { upstream: users, path: /s, method: POST, body: \"${request.body}\" }\n",
        "\"${s}\""
    )};
    bench.start();
    EXPECT_EQ(bench.status(), 400);
    EXPECT_EQ(bench.member("/code"), R"("missing_input")");
}

TEST(RequestBody, FeedsItsStep) {
    Bench bench{route_of(
        "    s: { upstream: users, path: /s, method: POST, body: { a: { b: [\"${a.id}\"] }, t: "
        "\"x${b}\" } }\n"
        "    a: { upstream: users, path: /a }\n    b: { upstream: users, path: /b, required: false "
        "}\n",
        R"({ s: "${s}" })"
    )};
    bench.start();
    EXPECT_THAT(bench.source.targets(), ElementsAre("/a", "/b"));
    bench.source.answer("/a", R"({"id":1})");
    bench.source.answer("/b", 500, "");
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(bench.member("/s"), "null");
    EXPECT_EQ(bench.source.targets().size(), 2U);
    EXPECT_EQ(
        bench.member("/errors"),
        R"([{"path":"","code":"upstream_status","status":502,"upstream_status":500}])"
    );
}

TEST(RequestBody, TellsTheCallsOfALoopApart) {
    Bench bench{
        route_of(
            "    s: { upstream: users, path: /s, method: POST, for_each: \"${request.body}\", "
            "body: { id: \"${item.id}\", n: \"${index?}\" } }\n"
            "    t: { upstream: users, path: /t, method: POST, for_each: \"${request.body}\", "
            "body: \"${item}\" }\n",
            R"({ s: "${s}", t: "${t}" })"
        ),
        {.body = R"([{"id":1},{"id":2},{"id":1}])"}};
    bench.start();
    EXPECT_THAT(bench.source.targets(), ElementsAre("/s", "/s", "/s", "/t", "/t"));
    EXPECT_EQ(bench.source.call(1).body, R"({"id":2,"n":1})");
    EXPECT_EQ(bench.source.call(4).body, R"({"id":2})");
    for (int i = 0; i < 3; ++i) bench.source.answer("/s", std::to_string(i));
    bench.source.answer("/t", "\"one\"");
    bench.source.answer("/t", "\"two\"");
    EXPECT_EQ(bench.body(), R"({"s":[0,1,2],"t":["one","two","one"]})");
}

TEST(RequestBody, TakesAllResultsAsAList) {
    Bench bench{
        route_of(
            "    l: { upstream: users, path: \"/${item}\", for_each: \"${request.body}\", "
            "required: false }\n"
            "    s: { upstream: users, path: /s, method: POST, body: { all: \"${l}\", n: "
            "\"${count(l)}\", "
            "ids: \"${join(l[*].id, ',')}\", present: \"${compact(l)}\" } }\n",
            R"({ s: "${s}" })"
        ),
        {.body = "[1,2]"}};
    bench.start();
    bench.source.answer("/1", R"({"id":1})");
    bench.source.answer("/2", 404, "");
    EXPECT_EQ(
        bench.source.call(2).body, R"({"all":[{"id":1},null],"n":2,"ids":"1","present":[{"id":1}]})"
    );
}

// However many items a hostile client sends, what is rendered for them stays bounded.
TEST(RequestBody, OfALoopIsBoundedInAll) {
    const std::string filler(1 << 15, 'x');
    std::string items = "0";
    for (int i = 1; i < 40; ++i) items += "," + std::to_string(i);
    const auto route = route_of(
        "    s: { upstream: users, path: /s, method: POST, for_each: \"${request.body.items}\", "
        "body: { all: \"${request.body.filler}\", id: \"${item}\" } }\n",
        R"({ s: "${s}" })",
        "limits: { max_answer: 1MiB }\n"
    );
    Bench bench{route, {.body = R"({"items":[)" + items + R"(],"filler":")" + filler + "\"}"}};
    bench.start();
    ASSERT_TRUE(bench.answered());
    EXPECT_EQ(bench.status(), 400);
    EXPECT_EQ(bench.member("/code"), R"("invalid_value")");
    EXPECT_TRUE(bench.source.targets().empty());
}

}  // namespace
}  // namespace weft::test
