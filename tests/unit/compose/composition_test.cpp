#include "compose/composition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/compose/bench.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

const std::vector<StepSpec> order_and_user{
    {.name = "order", .path = "/orders/${request.path.id}"},
    {.name = "user", .path = "/users/${order.user_id}", .required = false},
};
const std::string both = R"({"order":"${order}","user":"${user}"})";
const ClientRequest order_7{.path = {{"id", "o-7"}}};

TEST(Composition, StartsAStepWhenWhatItReadsIsIn) {
    Bench bench{build_route(order_and_user, both), order_7};
    bench.start();
    EXPECT_THAT(bench.source.targets(), ElementsAre("/orders/o-7"));
    bench.source.answer("/orders/o-7", R"({"user_id":"u-1"})");
    EXPECT_THAT(bench.source.targets(), ElementsAre("/orders/o-7", "/users/u-1"));
    EXPECT_FALSE(bench.answered());
    bench.source.answer("/users/u-1", R"({"name":"Ann"})");
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(bench.body(), R"({"order":{"user_id":"u-1"},"user":{"name":"Ann"}})");
    EXPECT_EQ(bench.field("Content-Type"), "application/json");
    EXPECT_EQ(bench.field("Weft-Complete"), "");
    EXPECT_EQ(bench.field("Cache-Control"), "");
    EXPECT_TRUE(bench.record.complete);
    EXPECT_FALSE(bench.record.failure);
}

TEST(Composition, RunsStepsThatNeedNothingOfEachOtherAtTheSameTime) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a"},
         {.name = "b", .path = "/b"},
         {.name = "c", .path = "/c/${a.id}"}},
        R"({"b":"${b}","c":"${c}"})"
    )};
    bench.start();
    EXPECT_THAT(bench.source.targets(), ElementsAre("/a", "/b"));
    bench.source.answer("/a", R"({"id":1})");
    EXPECT_EQ(bench.source.running(), 2U);
}

TEST(Composition, PassesTheServicesBytesUnchanged) {
    const std::string bytes = R"({ "z" : 1e400 ,"a":-0,"n":18446744073709551616, "s":"\u00e9\/" })";
    Bench bench{build_route(
        {{.name = "a", .path = "/a"}}, R"({"a":"${a}","n":"${a.n}","text":"<${a.s}> ${a.n}"})"
    )};
    bench.run({{"/a", " \n" + bytes + "\r\n"}});
    EXPECT_EQ(
        bench.body(),
        R"({"a":)" + bytes + R"(,"n":18446744073709551616,"text":"<é/> 18446744073709551616"})"
    );
}

TEST(Composition, SplicesALargeBodyWithoutACopyAndKeepsItAlive) {
    const std::string large = "\"" + std::string(100'000, 'x') + "\"";
    Bench bench{build_route({{.name = "a", .path = "/a"}}, R"({"a":"${a}"})")};
    bench.run({{"/a", large}});
    bench.destroy();
    ASSERT_EQ(bench.answer().pieces.size(), 3U);
    EXPECT_EQ(bench.body(), R"({"a":)" + large + "}");
}

TEST(Composition, GivesTheSameAnswerInEveryOrderOfCompletion) {
    const std::vector<StepSpec> steps{
        {.name = "a", .path = "/a"},
        {.name = "b", .path = "/b", .required = false},
        {.name = "c", .path = "/c", .required = false},
        {.name = "d", .path = "/d"},
    };
    const std::string response = R"({"d":"${d.v}","c":"${c}","b":"${b}","a":["${a}"]})";
    std::vector<std::string> order{"/a", "/b", "/c", "/d"};
    do {
        Bench bench{build_route(steps, response)};
        bench.start();
        for (const std::string& target : order) {
            EXPECT_FALSE(bench.answered());
            if (target == "/b") {
                bench.source.answer(target, 500, "");
            } else {
                bench.source.answer(target, R"({"v":")" + target + R"("})");
            }
        }
        EXPECT_EQ(
            bench.body(),
            R"({"d":"/d","c":{"v":"/c"},"b":null,"a":[{"v":"/a"}],)"
            R"("errors":[{"path":"/b","code":"upstream_status","status":502,"upstream_status":500}]})"
        );
    } while (std::next_permutation(order.begin(), order.end()));
}

TEST(Composition, ReadsEveryPartOfTheRequest) {
    const std::vector<StepSpec> steps{{
        .name = "a",
        .path = "/a/${request.path.id}/${request.method}",
        .query =
            {{"q", "${request.query.q}"},
             {"gone", "${request.query.none?}"},
             {"b", "${request.body.x[1]}"}},
        .headers =
            {{"x-trace", "${request.header.X-Trace}-${request.id}"},
             {"x-gone", "${request.header.none?}"}},
    }};
    Bench bench{
        build_route(
            steps,
            R"({"q":"${request.query.tags}","id":"${request.id}","none":"${request.query.none}","out":"${request.query.none?}","x":"${request.body.x}"})"
        ),
        {.path = {{"id", "o-7"}},
         .query = "other=1&q=a%20b%26c+d&tags=x&tags=%22",
         .fields = {{"X-TRACE", "t"}, {"x-trace", "u"}},
         .body = R"({"x":[1, 2.50]})"}};
    bench.run({{"/a/o-7/GET?q=a%20b%26c%2Bd&b=2.50", "{}"}});
    ASSERT_EQ(bench.status(), 200);
    EXPECT_EQ(bench.body(), R"({"q":["x","\""],"id":"r-1","none":null,"x":[1, 2.50]})");
    const auto& headers = bench.source.call(0).headers;
    ASSERT_EQ(headers.size(), 1U);
    EXPECT_EQ(headers[0].name(), "x-trace");
    EXPECT_EQ(headers[0].value(), "t, u-r-1");
}

TEST(Composition, RefusesARequestBodyThatIsNotJsonBeforeAnyCall) {
    const std::vector<StepSpec> steps{{.name = "a", .path = "/a/${request.body.id}"}};
    for (const std::string body : {"{", "nope", R"({"id":1,"id":2})", "\xEF\xBB\xBF{}"}) {
        Bench bench{build_route(steps, R"({"a":"${a}"})"), {.body = body}};
        bench.start();
        EXPECT_EQ(bench.status(), 400) << body;
        EXPECT_EQ(bench.member("/code"), R"("bad_request_body")");
        EXPECT_EQ(bench.record.failure, FailureKind::bad_request_body);
        EXPECT_TRUE(bench.source.targets().empty());
    }
}

TEST(Composition, TakesAnEmptyRequestBodyAsAbsent) {
    Bench bench{build_route({{.name = "a", .path = "/a/${request.body.id}"}}, R"({"a":"${a}"})")};
    bench.start();
    EXPECT_EQ(bench.status(), 400);
    EXPECT_EQ(bench.member("/code"), R"("missing_input")");
}

TEST(Composition, TakesNoBodyAsNull) {
    Bench bench{
        build_route({{.name = "a", .path = "/a"}}, R"({"a":"${a}","x":"${a.x}","y":"${a?}"})")};
    bench.start();
    bench.source.answer("/a", 204, "");
    EXPECT_EQ(bench.body(), R"({"a":null,"x":null})");
    EXPECT_TRUE(bench.record.complete);
}

TEST(Composition, RefusesNothingWhereJsonWasAnnounced) {
    for (const std::uint16_t status : {std::uint16_t{200}, std::uint16_t{204}}) {
        Bench bench{build_route({{.name = "a", .path = "/a"}}, R"({"a":"${a}"})")};
        bench.start();
        StepResult result;
        result.status = status;
        result.fields.emplace_back("content-type", "Application/JSON; charset=utf-8");
        bench.source.end("/a", std::move(result));
        EXPECT_EQ(bench.status(), status == 204 ? 200 : 502) << "204 has no body";
    }
}

TEST(Composition, RefusesABodyThatIsNotTheJsonItReads) {
    for (const std::string body :
         {"{",
          "{}x",
          "\xEF\xBB\xBF{}",
          R"({"a":")"
          "\xff"
          R"("})",
          R"({"v":1,"v":2})",
          " "}) {
        Bench bench{build_route({{.name = "a", .path = "/a"}}, R"({"v":"${a.v}"})")};
        bench.run({{"/a", body}});
        EXPECT_EQ(bench.status(), 502) << body;
        EXPECT_EQ(bench.member("/code"), R"("upstream_json")");
        EXPECT_EQ(bench.member("/upstream"), R"("a-service")");
    }
}

TEST(Composition, DoesNotLookAtABodyThatNothingReads) {
    Bench bench{
        build_route({{.name = "a", .path = "/a"}, {.name = "b", .path = "/b"}}, R"({"b":"${b}"})")};
    bench.run({{"/a", "not JSON"}, {"/b", "1"}});
    EXPECT_EQ(bench.body(), R"({"b":1})");
    EXPECT_FALSE(bench.source.call(0).body_used);
    EXPECT_TRUE(bench.source.call(1).body_used);
}

TEST(Composition, HoldsNoMoreThanAnAnswerMayHold) {
    auto route = build_route(
        {{.name = "a", .path = "/a"}, {.name = "b", .path = "/b", .required = false}},
        R"({"a":"${a.x}","b":"${b.x}"})"
    );
    route->limits.max_answer = 100;
    Bench bench{route};
    bench.start();
    bench.source.answer("/a", R"({"x":1,"pad":")" + std::string(60, 'x') + "\"}");
    bench.source.answer("/b", R"({"x":1,"pad":")" + std::string(60, 'x') + "\"}");
    EXPECT_EQ(bench.record.complete, false);
}

TEST(Composition, AnswersAResponseOverItsLimitWith502) {
    auto route = build_route({{.name = "a", .path = "/a"}}, R"(["${a}","${a}","${a}"])");
    route->limits.max_answer = 100;
    Bench bench{route};
    bench.run({{"/a", "\"" + std::string(40, 'x') + "\""}});
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/code"), R"("response_invalid")");
    EXPECT_EQ(bench.record.failure, FailureKind::response_invalid);
}

TEST(Composition, AnswersAnObjectInTextWith502) {
    for (const std::string value : {"{}", "[]"}) {
        Bench bench{build_route({{.name = "a", .path = "/a"}}, R"({"t":"<${a}>"})")};
        bench.run({{"/a", value}});
        EXPECT_EQ(bench.status(), 502);
        EXPECT_EQ(bench.member("/code"), R"("response_invalid")");
    }
}

}  // namespace
}  // namespace weft::test
