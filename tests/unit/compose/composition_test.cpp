#include "compose/composition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/compose/bench.hpp"

namespace weft::test {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

const std::vector<StepSpec> order_and_user{
    {.name = "order", .path = "/orders/${request.path.id}"},
    {.name = "user", .path = "/users/${order.user_id}", .required = false},
};
const std::string both = R"({"order":"${order}","user":"${user}"})";
const ClientRequest order_7{.path = {{"id", "o-7"}}};

StepResult result(std::uint16_t status, std::string body) {
    StepResult made;
    made.status = status;
    made.body = std::move(body);
    return made;
}

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

// Required steps.

TEST(Composition, EndsWithTheFirstRequiredFailureAndCancelsWhatStillRuns) {
    Bench bench{
        build_route(
            {{.name = "a", .path = "/a/${request.path.id}"},
             {.name = "b", .path = "/b"},
             {.name = "c", .path = "/c", .required = false}},
            R"({"a":"${a}","b":"${b}","c":"${c}"})"
        ),
        order_7};
    bench.start();
    bench.source.answer("/a/o-7", 404, R"({"secret":"text of the service"})");
    EXPECT_EQ(bench.status(), 404);
    EXPECT_EQ(bench.source.cancelled(), 2U);
    EXPECT_EQ(bench.field("Content-Type"), "application/problem+json");
    EXPECT_EQ(bench.member("/step"), R"("a")");
    EXPECT_EQ(bench.member("/upstream"), R"("a-service")");
    EXPECT_EQ(bench.body().find("secret"), std::string::npos);
    EXPECT_EQ(bench.record.failure, FailureKind::upstream_status);
}

TEST(Composition, TakesA4xxOfAStepThatAnotherFeedsAsOurOwnFault) {
    Bench bench{
        build_route(
            {{.name = "a", .path = "/a/${request.path.id}"}, {.name = "b", .path = "/b/${a.id}"}},
            R"({"b":"${b}"})"
        ),
        order_7};
    bench.start();
    bench.source.answer("/a/o-7", R"({"id":1})");
    bench.source.answer("/b/1", 404, "");
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/step"), R"("b")");
}

TEST(Composition, PassesAChallengeOnlyWhereCredentialsAreForwarded) {
    for (const bool forwarded : {false, true}) {
        StepSpec step{.name = "a", .path = "/a/${request.path.id}"};
        if (forwarded) step.forward = {"authorization"};
        Bench bench{build_route({step}, R"({"a":"${a}"})"), order_7};
        bench.start();
        StepResult refused = result(401, "");
        refused.fields.emplace_back("www-authenticate", "Bearer");
        refused.fields.emplace_back("Set-Cookie", "a=b");
        refused.fields.emplace_back("WWW-Authenticate", "Evil\r\nX: y");
        bench.source.end("/a/o-7", std::move(refused));
        EXPECT_EQ(bench.status(), forwarded ? 401 : 502);
        EXPECT_EQ(bench.field("WWW-Authenticate"), forwarded ? "Bearer" : "");
        EXPECT_EQ(bench.field("Set-Cookie"), "");
    }
}

TEST(Composition, RendersAllThatIsReadyBeforeItCallsAnything) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a"}, {.name = "b", .path = "/b/${request.query.none}"}},
        R"({"a":"${a}","b":"${b}"})"
    )};
    bench.start();
    EXPECT_EQ(bench.status(), 400);
    EXPECT_EQ(bench.member("/code"), R"("missing_input")");
    EXPECT_TRUE(bench.source.targets().empty());
}

TEST(Composition, ReportsSeveralRequiredFailuresAtOnceByTheFirstDeclared) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a"}, {.name = "b", .path = "/b"}, {.name = "c", .path = "/c"}},
        R"({"a":"${a}"})"
    )};
    bench.start();
    bench.source.answer("/a", "1");
    bench.composition().expire();
    EXPECT_EQ(bench.status(), 504);
    EXPECT_EQ(bench.member("/step"), R"("b")");
}

TEST(Composition, MissingAndNullAreNotInputs) {
    for (const std::string body : {R"({})", R"({"user_id":null})", R"([])", R"("u")", ""}) {
        Bench bench{build_route(
            {{.name = "order", .path = "/o"}, {.name = "user", .path = "/u/${order.user_id}"}},
            R"({"u":"${user}"})"
        )};
        bench.start();
        bench.source.answer("/o", body);
        EXPECT_EQ(bench.status(), 502) << body;
        EXPECT_EQ(bench.member("/code"), R"("missing_input")");
        EXPECT_EQ(bench.member("/step"), R"("user")");
    }
}

// Deadline, cancel.

TEST(Composition, GivesEachCallTheSmallerOfItsTimeoutAndWhatIsLeft) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a", .timeout = milliseconds{300}},
         {.name = "b", .path = "/b/${a}", .timeout = milliseconds{300}}},
        R"({"b":"${b}"})"
    )};
    const TimePoint begin = bench.clock.now();
    bench.start();
    EXPECT_EQ(bench.source.call(0).deadline, begin + milliseconds{300});
    EXPECT_FALSE(bench.source.call(0).ends_by_route);
    bench.clock.move(milliseconds{800});
    bench.source.answer("/a", "1");
    EXPECT_EQ(bench.source.call(1).deadline, begin + milliseconds{1000});
    EXPECT_TRUE(bench.source.call(1).ends_by_route);
}

TEST(Composition, SendsWhatItHasAtTheDeadline) {
    Bench bench{build_route(order_and_user, both), order_7};
    bench.start();
    bench.source.answer("/orders/o-7", R"({"user_id":1})");
    bench.clock.move(milliseconds{1000});
    bench.composition().expire();
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(bench.source.cancelled(), 1U);
    EXPECT_EQ(
        bench.body(),
        R"({"order":{"user_id":1},"user":null,"errors":[{"path":"/user","code":"deadline","status":504}]})"
    );
    EXPECT_EQ(bench.field("Weft-Complete"), "false");
}

TEST(Composition, AnswersADeadlineThatARequiredStepMissesWith504) {
    Bench bench{build_route(order_and_user, both), order_7};
    bench.start();
    bench.clock.move(milliseconds{1000});
    bench.composition().expire();
    EXPECT_EQ(bench.status(), 504);
    EXPECT_EQ(bench.member("/code"), R"("deadline")");
    EXPECT_EQ(bench.member("/step"), R"("order")");
    EXPECT_EQ(bench.source.cancelled(), 1U);
}

TEST(Composition, StartsNothingAfterTheDeadline) {
    Bench bench{build_route(order_and_user, both), order_7};
    bench.start();
    bench.clock.move(milliseconds{1001});
    bench.source.answer("/orders/o-7", R"({"user_id":1})");
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(bench.source.targets().size(), 1U);
    EXPECT_EQ(bench.member("/errors"), R"([{"path":"/user","code":"deadline","status":504}])");
}

TEST(Composition, ExpiringAfterTheAnswerDoesNothing) {
    Bench bench{build_route({{.name = "a", .path = "/a"}}, R"({"a":"${a}"})")};
    bench.run({{"/a", "1"}});
    bench.composition().expire();
    bench.composition().cancel();
    EXPECT_EQ(bench.body(), R"({"a":1})");
}

TEST(Composition, CancelsItsCallsAndAnswersNobodyWhenTheClientIsGone) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a"}, {.name = "b", .path = "/b"}}, R"({"a":"${a}","b":"${b}"})"
    )};
    bench.start();
    bench.source.answer("/a", "1");
    bench.composition().cancel();
    EXPECT_EQ(bench.source.running(), 0U);
    EXPECT_EQ(bench.source.cancelled(), 1U);
    bench.composition().expire();
    EXPECT_FALSE(bench.answered());
}

TEST(Composition, CancelsItsCallsWhenItIsDestroyed) {
    Bench bench{build_route({{.name = "a", .path = "/a"}}, R"({"a":"${a}"})")};
    bench.start();
    bench.destroy();
    EXPECT_EQ(bench.source.cancelled(), 1U);
    EXPECT_FALSE(bench.answered());
}

TEST(Composition, MayBeDestroyedByTheOneItAnswers) {
    const auto route =
        build_route({{.name = "a", .path = "/a"}, {.name = "b", .path = "/b"}}, R"({"a":"${a}"})");
    for (const std::uint16_t status : {std::uint16_t{200}, std::uint16_t{500}}) {
        TableSource source;
        ManualClock clock;
        RequestHead head;
        Composition::Job job{
            route, &route->plans.front(), {}, clock.now() + milliseconds{10}, nullptr};
        job.inputs.head = &head;
        auto composition = std::make_unique<Composition>(std::move(job), source, clock);
        std::optional<Answer> answer;
        composition->start([&](Answer got) {
            answer = std::move(got);
            composition.reset();
        });
        source.answer("/b", "1");
        source.answer("/a", status, "[1]");
        ASSERT_TRUE(answer);
        std::string body;
        for (const auto piece : answer->pieces) body += piece;
        EXPECT_NE(body.find(status == 200 ? R"({"a":[1]})" : "upstream_status"), std::string::npos);
    }
}

TEST(Composition, OfNothingToDoAnswersAtOnce) {
    Bench bench{build_route({}, R"({"fixed":[1,"two",{}]})")};
    bench.start();
    EXPECT_EQ(bench.body(), R"({"fixed":[1,"two",{}]})");
}

}  // namespace
}  // namespace weft::test
