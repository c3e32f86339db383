// Results of a for_each step found by their items: `stock[expr]`.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

// An order at /o over whose `skus` is looped, and a body that is one expression.
std::shared_ptr<const Snapshot> stocked(const std::string& expression) {
    return compile_routes(
        "r:\n  path: /r\n  steps:\n"
        "    order: { upstream: orders, path: /o }\n"
        "    stock: { upstream: products, for_each: \"${order.skus}\", path: \"/s/${item}\", "
        "required: false }\n"
        "  response:\n    body:\n      x: " +
        expression + "\n      stock: ${stock}\n"
    );
}

struct Row {
    const char* expression;
    const char* order;
    const char* x;
};

TEST(LookUp, FindsTheFirstResultWhoseItemIsTheSameText) {
    const Row rows[] = {
        {"${stock[order.k]}", R"({"skus":["b","a"],"k":"a"})", R"({"n":1,"tags":["t","u"]})"},
        {"${stock[order.k].n}", R"({"skus":["a",7],"k":"7"})", "7"},
        {"${stock[order.k].n}", R"({"skus":["a","7"],"k":7})", "7"},
        {"${stock[order.k].n}", R"({"skus":["b","a","a"],"k":"\u0061"})", "1"},
        {"${stock[order.k].tags[1]}", R"({"skus":["a"],"k":"a"})", R"("u")"},
        {"${join(stock[order.k].tags[*], '/')}", R"({"skus":["a"],"k":"a"})", R"("t/u")"},
        {"${count(stock[order.k].tags)}", R"({"skus":["a"],"k":"a"})", "2"},
        {"<${stock[order.k].n}>", R"({"skus":["a"],"k":"a"})", R"("<1>")"},
        {"${stock[join(order.ks, '-')].n}", R"({"skus":["a"],"ks":["a"]})", "1"},
        {"${stock[stock[order.k].n].n}", R"({"skus":["c",7],"k":"c"})", "7"},
        {"${stock[order.k].n}", R"({"skus":["a"],"k":"A"})", "null"},
        {"${stock[order.k].none}", R"({"skus":["a"],"k":"a"})", "null"},
        {"${stock[order.k].none?}", R"({"skus":["a"],"k":"a"})", "absent"},
        {"${stock[order.k]}", R"({"skus":["b"],"k":"b"})", "null"},
        {"${stock[order.k]?}", R"({"skus":["b"],"k":"b"})", "absent"},
        {"${stock[order.k].n}", R"({"skus":[],"k":"a"})", "null"},
        {"${stock[order.k].n?}", R"({"skus":[],"k":"a"})", "absent"},
        {"${stock[order.k].n}", R"({"skus":["a"],"k":null})", "null"},
        {"${stock[order.k].n?}", R"({"skus":["a"]})", "absent"},
        {"<${stock[order.k].n?}>", R"({"skus":["a"]})", "absent"},
    };
    for (const Row& row : rows) {
        Bench bench{stocked(row.expression)};
        bench.run(
            {{"/o", row.order},
             {"/s/a", R"({"n":1,"tags":["t","u"]})"},
             {"/s/b", "null"},
             {"/s/c", R"({"n":7})"},
             {"/s/7", R"({"n":7})"}}
        );
        EXPECT_EQ(bench.member("/x"), row.x) << row.expression << row.order;
    }
}

TEST(LookUp, OfAResultThatFailedLosesItsPlace) {
    Bench bench{stocked("[\"${stock[order.k].n}\", \"${order.k}\", \"${stock[order.l].n}\"]")};
    bench.run({{"/o", R"({"skus":["a","b"],"k":"a","l":"b"})"}, {"/s/b", R"({"n":2})"}});
    const std::string status_404 =
        R"("code":"upstream_status","status":502,"upstream_status":404})";
    EXPECT_EQ(
        bench.body(),
        R"({"x":[null,"a",2],"stock":[null,{"n":2}],"errors":[{"path":"/x/0",)" + status_404 +
            R"(,{"path":"/stock/0",)" + status_404 + "]}"
    );
}

TEST(LookUp, OfALoopThatFailedAsAWholeLosesItsPlace) {
    Bench bench{stocked("${stock[order.k].n}")};
    bench.run({{"/o", R"({"skus":7,"k":"a"})"}});
    EXPECT_EQ(
        bench.body(),
        R"({"x":null,"stock":null,"errors":[{"path":"/x","code":"not_a_list","status":502},)"
        R"({"path":"/stock","code":"not_a_list","status":502}]})"
    );
}

TEST(LookUp, ByAListIsNoResponse) {
    Bench bench{stocked("${stock[order.k].n}")};
    bench.run({{"/o", R"({"skus":["a"],"k":["a"]})"}, {"/s/a", "{}"}});
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/code"), R"("response_invalid")");
}

// A step `s` at /u/... that looks a result up, and does without in its query.
std::shared_ptr<const Snapshot> asking(const std::string& required) {
    return compile_routes(
        R"(
r:
  path: /r
  steps:
    order: { upstream: orders, path: /o }
    stock: { upstream: products, for_each: "${order.skus}", path: "/s/${item}", required: false }
    s: { upstream: users, path: "/u/${stock[order.k].n}", query: { m: "${stock[order.l].n?}" }, required: )" +
        required + R"( }
  response: { body: { s: "${s}" } }
)"
    );
}

TEST(LookUp, FeedsACall) {
    Bench bench{asking("true")};
    bench.start();
    bench.source.answer("/o", R"({"skus":["a","b"],"k":"b","l":"a"})");
    bench.source.answer("/s/a", R"({"n":1})");
    bench.source.answer("/s/b", R"({"n":2})");
    EXPECT_EQ(bench.source.targets().back(), "/u/2?m=1");
    bench.source.answer("/u/2?m=1", "3");
    EXPECT_EQ(bench.body(), R"({"s":3})");
}

TEST(LookUp, WithoutAMatchFailsTheCallUnlessItIsOptional) {
    Bench none{asking("true")};
    none.run({{"/o", R"({"skus":["a"],"k":"x","l":"a"})"}, {"/s/a", R"({"n":1})"}});
    EXPECT_EQ(none.status(), 502);
    EXPECT_EQ(none.member("/code"), R"("missing_input")");
    Bench optional{asking("true")};
    optional.run(
        {{"/o", R"({"skus":["a"],"k":"a","l":"x"})"}, {"/s/a", R"({"n":1})"}, {"/u/1", "3"}}
    );
    EXPECT_EQ(optional.body(), R"({"s":3})");
}

TEST(LookUp, OfAResultThatFailedSkipsTheStepUnlessItIsOptional) {
    Bench skipped{asking("true")};
    skipped.run({{"/o", R"({"skus":["a"],"k":"a"})"}});
    EXPECT_THAT(skipped.source.targets(), ElementsAre("/o", "/s/a"));
    EXPECT_EQ(skipped.status(), 200);
    EXPECT_EQ(skipped.member("/s"), "null");
    Bench without{asking("true")};
    without.run(
        {{"/o", R"({"skus":["a","b"],"k":"a","l":"b"})"}, {"/s/a", R"({"n":1})"}, {"/u/1", "3"}}
    );
    EXPECT_EQ(without.member("/s"), "3");
}

}  // namespace
}  // namespace weft::test
