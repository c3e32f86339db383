// When a step starts beside what it reads: `when` and `after`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_steps.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

const std::string status_404 = R"("code":"upstream_status","status":502,"upstream_status":404})";

struct Row {
    const char* condition;
    const char* order;  // of which `list` is looped over at /p/1, /p/2
    bool holds;
};

// Whether a step with that condition is called.
bool holds(const std::string& condition, const std::string& order) {
    Bench bench{
        route_of(
            {"order: { upstream: orders, path: /o }",
             "gone: { upstream: users, path: /gone, required: false }",
             "list: { upstream: products, for_each: \"${order.list?}\", path: \"/p/${item}\" }",
             "s: { upstream: users, path: /s, when: \"" + condition + "\" }"},
            R"(s: "${s}", gone: "${gone}", list: "${list}")"
        ),
        {.query = "q=yes&r=1&r=2", .body = R"({"n":3})"}};
    bench.run({{"/o", order}, {"/p/1", R"({"n":1})"}, {"/p/2", R"({"n":2})"}, {"/s", "true"}});
    EXPECT_EQ(bench.status(), 200) << condition;
    const std::string s = bench.member("/s");
    EXPECT_TRUE(s == "true" || s == "null") << condition;
    return s == "true";
}

TEST(When, ComparesAsRfc9535Does) {
    const Row rows[] = {
        {"${order.a}", R"({"a":true})", true},
        {"${order.a}", R"({"a":false})", false},
        {"${order.a}", R"({"a":1})", false},
        {"${order.a}", R"({"a":"true"})", false},
        {"${order.a}", R"({"a":null})", false},
        {"${order.a}", R"({})", false},
        {"${!order.a}", R"({})", true},
        {"${!order.a}", R"({"a":"x"})", true},
        {"${!!order.a}", R"({"a":true})", true},
        {"${order.a == 1}", R"({"a":1.0})", true},
        {"${order.a == 1}", R"({"a":"1"})", false},
        {"${order.a == 9007199254740992}", R"({"a":9007199254740993})", false},
        {"${order.a < 9007199254740993}", R"({"a":9007199254740992})", true},
        {"${order.a == 'x'}", R"({"a":"\u0078"})", true},
        {"${order.a == null}", R"({"a":null})", true},
        {"${order.a == null}", R"({})", true},
        {"${order.a == order.b}", R"({"a":null})", true},
        {"${order.a != null}", R"({"a":0})", true},
        {"${order.a == false}", R"({})", false},
        {"${order.a == order.b}", R"({"a":[1,{"x":"y","z":2}],"b":[1.0,{"z":2,"x":"y"}]})", true},
        {"${order.a == order.b}", R"({"a":[1,2],"b":[2,1]})", false},
        {"${order.a < order.b}", R"({"a":1,"b":2})", true},
        {"${order.a < order.b}", R"({"a":"a","b":"b"})", true},
        {"${order.a < order.b}", R"({"a":"10","b":"9"})", true},
        {"${order.a < order.b}", R"({"a":1,"b":"2"})", false},
        {"${order.a < order.b}", R"({"b":2})", false},
        {"${order.a < order.b}", R"({"a":false,"b":true})", false},
        {"${order.a < order.b}", R"({"a":[1],"b":[2]})", false},
        {"${order.a <= order.b}", R"({"a":[1],"b":[1]})", true},
        {"${order.a >= order.b}", R"({})", true},
        {"${order.a >= 2}", R"({"a":2})", true},
        {"${order.a > 2}", R"({"a":2})", false},
        {"${2 > order.a}", R"({"a":1})", true},
        {"${order.a in order.b}", R"({"a":2,"b":[1,2.0]})", true},
        {"${order.a in order.b}", R"({"a":"2","b":[1,2]})", false},
        {"${order.a in order.b}", R"({"a":{"x":1},"b":[[],{"x":1}]})", true},
        {"${order.a in order.b}", R"({"b":[1,null]})", true},
        {"${order.a in order.b}", R"({"a":1})", false},
        {"${order.a in order.b}", R"({"a":"a","b":"abc"})", false},
        {"${order.a in order.b}", R"({"a":"a","b":{"a":1}})", false},
        {"${'2' in request.query.r}", "{}", true},
        {"${'yes' in request.query.q}", "{}", false},
        {"${order.a in compact(order.b[*].id)}", R"({"a":2,"b":[{"id":1},{"id":2}]})", true},
        {"${order.a in list}", R"({"a":{"n":2},"list":[1,2]})", true},
        {"${list == order.b}", R"({"list":[1,2],"b":[{"n":1},{"n":2}]})", true},
        {"${request.query.q == 'yes'}", "{}", true},
        {"${request.query.r == 'yes'}", "{}", false},
        {"${request.method == 'POST' && request.body.n == 3}", "{}", true},
        {"${request.header.x == null}", "{}", true},
        {"${count(order.b) > 1}", R"({"b":[1,2]})", true},
        {"${count(order.b) > 1}", R"({"b":null})", false},
        {"${count(order.b) == 0}", R"({})", true},
        {"${join(order.b, '-') == 'a-b'}", R"({"b":["a","b"]})", true},
        {"${list[order.a].n == 2}", R"({"a":"2","list":[1,2]})", true},
        {"${list[order.a].n == null}", R"({"a":3,"list":[1,2]})", true},
        {"${order.a && order.b || order.c}", R"({"c":true})", true},
        {"${order.a && (order.b || order.c)}", R"({"c":true})", false},
        {"${order.a == (order.b == 1)}", R"({"a":false,"b":2})", true},
        {"${order.a || count(order.b) > 1}", R"({"a":true,"b":7})", true},
        {"${order.a && count(order.b) > 1}", R"({"b":7})", false},
        {"${gone.x == null}", "{}", true},
        {"${count(gone.x) == 0}", "{}", true},
        {"${steps.gone.ok}", "{}", false},
        {"${steps.gone.status == 404}", "{}", true},
        {"${steps.order.ok && steps.order.status == 200.0}", "{}", true},
        {"${steps.order.header.none == null}", "{}", true},
        {"${true}", "{}", true},
        {"${null == false}", "{}", false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(holds(row.condition, row.order), row.holds) << row.condition << row.order;
    }
}

TEST(When, ThatDoesNotHoldLeavesTheAnswerComplete) {
    Bench bench{route_of(
        {"order: { upstream: orders, path: /o }",
         "a: { upstream: users, path: /a, when: \"${order.x}\" }",
         "b: { upstream: users, path: /b, when: \"${order.x}\", fallback: { y: 1 } }",
         "c: { upstream: users, path: /c, when: \"${order.x}\", required: false, fallback: [2] }",
         "d: { upstream: users, for_each: \"${order.ids}\", path: \"/d/${item}\", when: "
         "\"${order.x}\" }",
         "e: { upstream: users, path: \"/e/${b.y}\" }",
         "f: { upstream: users, path: \"/f/${a.y}\" }"},
        R"(a: "${a}", b: "${b}", c: "${c}", d: "${d}", e: "${e}", f: "${f}", ok: "${steps.a.ok}", status: "${steps.a.status}")"
    )};
    bench.run({{"/o", R"({"x":false,"ids":[1]})"}, {"/e/1", "5"}});
    EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/e/1"));
    EXPECT_EQ(
        bench.body(),
        R"({"a":null,"b":{"y":1},"c":[2],"d":null,"e":5,"f":null,"ok":false,"status":null})"
    );
    EXPECT_EQ(bench.field("Weft-Complete"), "");
    EXPECT_TRUE(bench.record.complete);
}

TEST(When, IsDecidedBeforeTheStepsThatFeedAreIn) {
    const auto route = route_of(
        {"decider: { upstream: orders, path: /d }",
         "slow: { upstream: orders, path: /slow }",
         "s: { upstream: users, path: \"/s/${slow.id}\", when: \"${decider.x}\" }",
         "reader: { upstream: users, path: /r, query: { x: \"${s.y?}\" } }"},
        R"(s: "${s}", reader: "${reader}", slow: "${slow}")"
    );
    Bench skipped{route};
    skipped.start();
    skipped.source.answer("/d", R"({"x":false})");
    EXPECT_THAT(skipped.source.targets(), ElementsAre("/d", "/slow", "/r"));

    Bench chosen{route};
    chosen.start();
    chosen.source.answer("/d", R"({"x":true})");
    EXPECT_THAT(chosen.source.targets(), ElementsAre("/d", "/slow"));
    chosen.source.answer("/slow", R"({"id":1})");
    EXPECT_THAT(chosen.source.targets(), ElementsAre("/d", "/slow", "/s/1"));

    Bench waiting{route};
    waiting.start();
    waiting.source.answer("/slow", R"({"id":1})");
    EXPECT_THAT(waiting.source.targets(), ElementsAre("/d", "/slow"));
    waiting.source.answer("/d", R"({"x":true})");
    EXPECT_THAT(waiting.source.targets(), ElementsAre("/d", "/slow", "/s/1"));
}

TEST(When, NamingNoStepIsDecidedAtOnce) {
    const auto route = route_of(
        {"s: { upstream: users, path: /s, when: \"${request.query.x == 'y'}\" }",
         "t: { upstream: users, path: /t }"},
        R"(s: "${s}", t: "${t}")"
    );
    Bench with{route, {.query = "x=y"}};
    with.start();
    EXPECT_THAT(with.source.targets(), ElementsAre("/s", "/t"));
    Bench without{route};
    without.start();
    EXPECT_THAT(without.source.targets(), ElementsAre("/t"));
}

struct FailureRow {
    const char* condition;
    const char* order;
    const char* outcome;
};

TEST(When, WithABadArgumentFailsTheStep) {
    const FailureRow rows[] = {
        {"${count(order.x) > 1}", R"({"x":7})", R"("not_a_list" 502)"},
        {"${join(order.x, ',') == ''}", R"({"x":["a,b"]})", R"("invalid_value" 502)"},
        {"${order.y || count(order.x) > 1}", R"({"x":7})", R"("not_a_list" 502)"},
        {"${order.y in concat(order.y, order.x)}", R"({"x":7})", R"("not_a_list" 502)"},
        {"${count(request.body.x) > 1}", "{}", R"("not_a_list" 400)"},
    };
    for (const FailureRow& row : rows) {
        Bench bench{
            route_of(
                {"order: { upstream: orders, path: /o }",
                 std::string{"s: { upstream: users, path: /s, when: \""} + row.condition + "\" }"},
                R"(s: "${s}")"
            ),
            {.body = R"({"x":7})"}};
        bench.run({{"/o", row.order}, {"/s", "1"}});
        EXPECT_EQ(bench.member("/code") + " " + std::to_string(bench.status()), row.outcome)
            << row.condition;
        EXPECT_EQ(bench.member("/step"), R"("s")") << row.condition;
    }
}

TEST(When, WithABadArgumentIsAnEntryInErrorsOfAnOptionalStep) {
    Bench bench{route_of(
        {"order: { upstream: orders, path: /o }",
         "s: { upstream: users, path: /s, required: false, when: \"${count(order.x) > 1}\" }"},
        R"(s: "${s}")"
    )};
    bench.run({{"/o", R"({"x":7})"}});
    EXPECT_EQ(
        bench.body(), R"({"s":null,"errors":[{"path":"/s","code":"not_a_list","status":502}]})"
    );
}

TEST(When, OfALoopIsDecidedOnceForAllItems) {
    const auto route = route_of(
        {"order: { upstream: orders, path: /o }",
         "list: { upstream: products, for_each: \"${order.ids}\", path: \"/p/${item}\", "
         "max_items: 9, when: \"${order.x}\" }",
         "next: { upstream: products, for_each: \"${list[*].id}\", path: \"/n/${item}\" }"},
        R"(list: "${list}", next: "${next}", count: "${count(list)}")"
    );
    Bench chosen{route};
    chosen.run(
        {{"/o", R"({"x":true,"ids":[1,2]})"},
         {"/p/1", R"({"id":3})"},
         {"/p/2", "{}"},
         {"/n/3", "4"}}
    );
    EXPECT_EQ(chosen.body(), R"({"list":[{"id":3},{}],"next":[4],"count":2})");
    Bench skipped{route};
    skipped.run({{"/o", R"({"ids":[1,2]})"}});
    EXPECT_EQ(skipped.body(), R"({"list":null,"next":null,"count":null})");
}

TEST(After, WaitsForTheEndAndNotForAValue) {
    const auto route = route_of(
        {"first: { upstream: orders, method: POST, path: /first, required: false }",
         "second: { upstream: orders, method: POST, path: /second, after: [first] }"},
        R"(second: "${second}", first: "${steps.first.status}")"
    );
    Bench succeeded{route};
    succeeded.start();
    EXPECT_THAT(succeeded.source.targets(), ElementsAre("/first"));
    succeeded.source.answer("/first", 201, "not JSON");
    EXPECT_THAT(succeeded.source.targets(), ElementsAre("/first", "/second"));
    succeeded.source.answer("/second", "2");
    EXPECT_EQ(succeeded.body(), R"({"second":2,"first":201})");

    Bench failed{route};
    failed.start();
    failed.source.answer("/first", 404, "");
    EXPECT_THAT(failed.source.targets(), ElementsAre("/first", "/second"));
    failed.source.answer("/second", "2");
    EXPECT_EQ(
        failed.body(), R"({"second":2,"first":404,"errors":[{"path":"",)" + status_404 + "]}"
    );
}

TEST(After, AStepThatWasSkippedStarts) {
    Bench bench{route_of(
        {"first: { upstream: orders, path: /first, when: \"${request.query.x == 'y'}\" }",
         "second: { upstream: orders, path: /second, after: [first] }"},
        R"(second: "${second}")"
    )};
    bench.start();
    EXPECT_THAT(bench.source.targets(), ElementsAre("/second"));
}

}  // namespace
}  // namespace weft::test
