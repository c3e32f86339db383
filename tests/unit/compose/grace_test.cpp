// `grace`: how much longer optional steps may take once all required ones are in.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using std::chrono::milliseconds;

std::shared_ptr<const Snapshot> route_with(const std::string& grace) {
    return compile_routes(
        "r:\n  path: /r\n" + grace +
        "  steps:\n    a: { upstream: users, path: /a }\n    b: { upstream: users, path: /b }\n"
        "    slow: { upstream: users, path: /slow, required: false }\n"
        "    later: { upstream: users, path: \"/later/${b.id}\", required: false }\n"
        "  response: { body: { a: \"${a}\", b: \"${b}\", slow: \"${slow}\", later: \"${later}\" } "
        "}\n"
    );
}

const std::string grace_40ms = "  grace: 40ms\n";

TEST(Grace, BeginsWhenTheLastRequiredStepIsIn) {
    Bench bench{route_with(grace_40ms)};
    bench.start();
    bench.clock.move(milliseconds{10});
    bench.source.answer("/a", "1");
    EXPECT_FALSE(bench.ends_earlier);
    bench.clock.move(milliseconds{10});
    bench.source.answer("/b", R"({"id":2})");
    ASSERT_TRUE(bench.ends_earlier);
    EXPECT_EQ(*bench.ends_earlier, bench.clock.now() + milliseconds{40});
    EXPECT_FALSE(bench.answered());
}

TEST(Grace, EndsTheOptionalStepsAsTheDeadlineDoesAndTheAnswerIsSent) {
    Bench bench{route_with(grace_40ms)};
    bench.start();
    bench.source.answer("/a", "1");
    bench.source.answer("/b", R"({"id":2})");
    bench.source.answer("/later/2", "3");
    bench.clock.move(milliseconds{40});
    bench.composition().expire();
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(
        bench.body(),
        R"({"a":1,"b":{"id":2},"slow":null,"later":3,)"
        R"("errors":[{"path":"/slow","code":"deadline","status":504}]})"
    );
    EXPECT_EQ(bench.source.cancelled(), 1U);
}

TEST(Grace, IsAllThatACallGetsThatBeginsInIt) {
    Bench bench{route_with(grace_40ms)};
    bench.start();
    bench.source.answer("/a", "1");
    bench.source.answer("/b", R"({"id":2})");
    const StepCall& later = bench.source.call(3);
    ASSERT_EQ(later.target, "/later/2");
    EXPECT_EQ(later.deadline, *bench.ends_earlier);
    EXPECT_TRUE(later.ends_by_route);
}

TEST(Grace, IsNotWaitedForWhenEverythingIsIn) {
    Bench bench{route_with(grace_40ms)};
    bench.run({{"/a", "1"}, {"/b", R"({"id":2})"}, {"/slow", "4"}, {"/later/2", "3"}});
    EXPECT_EQ(bench.member("/slow"), "4");
    EXPECT_EQ(bench.member("/errors"), "absent");
}

TEST(Grace, DoesNotMoveTheDeadlineAway) {
    Bench bench{route_with("  grace: 40ms\n")};
    bench.start();
    bench.clock.move(milliseconds{970});
    bench.source.answer("/a", "1");
    bench.source.answer("/b", R"({"id":2})");
    EXPECT_FALSE(bench.ends_earlier);
    EXPECT_EQ(bench.source.call(3).deadline, bench.clock.now() + milliseconds{30});
}

TEST(Grace, DoesNotBeginTwice) {
    Bench bench{route_with(grace_40ms)};
    bench.start();
    bench.source.answer("/a", "1");
    bench.source.answer("/b", R"({"id":2})");
    const TimePoint first = *bench.ends_earlier;
    bench.clock.move(milliseconds{20});
    bench.source.answer("/slow", "4");
    EXPECT_EQ(*bench.ends_earlier, first);
}

TEST(Grace, IsOnlyForTheRoutesThatHaveIt) {
    Bench bench{route_with("")};
    bench.start();
    bench.source.answer("/a", "1");
    bench.source.answer("/b", R"({"id":2})");
    EXPECT_FALSE(bench.ends_earlier);
}

}  // namespace
}  // namespace weft::test
