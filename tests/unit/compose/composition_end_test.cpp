// How a run ends early: a required step that fails, the deadline, a client that is gone.
#include <gtest/gtest.h>

#include "compose/composition.hpp"
#include "unit/compose/bench.hpp"

namespace weft::test {
namespace {

using std::chrono::milliseconds;

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
        for (const OwnedField& field : bench.fields()) {
            EXPECT_EQ(field.value().find('\n'), std::string::npos);
        }
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
