// What the client gets when something that is not required has failed.
#include <gtest/gtest.h>

#include "unit/compose/bench.hpp"

namespace weft::test {
namespace {

using std::chrono::milliseconds;

const std::string status_404 = R"("code":"upstream_status","status":502,"upstream_status":404})";

TEST(OptionalStep, LeavesOutAPartThatFailed) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a"}, {.name = "b", .path = "/b", .required = false}},
        R"({"a":"${a}","b":"${b}"})"
    )};
    bench.run({{"/a", "1"}});
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(bench.body(), R"({"a":1,"b":null,"errors":[{"path":"/b",)" + status_404 + "]}");
    EXPECT_EQ(bench.field("Weft-Complete"), "false");
    EXPECT_EQ(bench.field("Cache-Control"), "no-store");
    EXPECT_FALSE(bench.record.complete);
    EXPECT_FALSE(bench.record.failure);
}

struct Row {
    const char* what;
    std::string response;  // of a (1) and b, c, which failed; d is fed by b
    std::string body;
};

// b failed; its entry ends with `status_404`.
std::string entry(const std::string& pointer) {
    return R"({"path":")" + pointer + "\"," + status_404;
}

TEST(OptionalStep, HasAnEntryForEachPlaceThatLostItsValue) {
    const std::vector<Row> rows{
        {"a place", R"({"x":"${b}"})", R"({"x":null,"errors":[)" + entry("/x") + "]}"},
        {"a member of it",
         R"({"x":{"y":"${b.name}"}})",
         R"({"x":{"y":null},"errors":[)" + entry("/x/y") + "]}"},
        {"two places",
         R"({"x":"${b}","y":["${a}","${b.z}"]})",
         R"({"x":null,"y":[1,null],"errors":[)" + entry("/x") + "," + entry("/y/1") + "]}"},
        {"no place", R"({"x":"${a}"})", R"({"x":1,"errors":[)" + entry("") + "]}"},
        {"only a step it feeds", R"({"x":"${d}"})", R"({"x":null,"errors":[)" + entry("") + "]}"},
        {"it and a step it feeds",
         R"({"x":"${d}","b":"${b}"})",
         R"({"x":null,"b":null,"errors":[)" + entry("/b") + "]}"},
        {"text",
         R"({"x":"Dear ${b.name} ${b.last}"})",
         R"({"x":null,"errors":[)" + entry("/x") + "]}"},
        {"`?` drops the member",
         R"({"x":"${b?}","y":"${a}"})",
         R"({"y":1,"errors":[)" + entry("/x") + "]}"},
        {"`?` in text",
         R"({"y":"${a}","x":"<${b.z?}>"})",
         R"({"y":1,"errors":[)" + entry("/x") + "]}"},
        {"`?` in an array",
         R"({"x":["${b?}","${a}"]})",
         R"({"x":[1],"errors":[)" + entry("/x") + "]}"},
        {"an empty object", R"({})", R"({"errors":[)" + entry("") + "]}"},
        {"only dropped members", R"({"x":"${b?}"})", R"({"errors":[)" + entry("/x") + "]}"},
        {"a name that is escaped",
         R"({"q\"":"${b}"})",
         R"({"q\"":null,"errors":[)" + entry(R"(/q\")") + "]}"},
    };
    for (const Row& row : rows) {
        Bench bench{build_route(
            {{.name = "a", .path = "/a"},
             {.name = "b", .path = "/b", .required = false},
             {.name = "d", .path = "/d/${b.id}", .required = false}},
            row.response
        )};
        bench.run({{"/a", "1"}});
        std::string body = bench.body();
        // A body that nothing reads need not be there.
        EXPECT_EQ(body, row.body) << row.what;
    }
}

TEST(OptionalStep, TakesItsFallbackForAValue) {
    Bench bench{build_route(
        {{.name = "b", .path = "/b", .required = false, .fallback = R"({"id": "none"})"},
         {.name = "c", .path = "/c/${b.id}"}},
        R"({"b":"${b}","id":"${b.id}","c":"${c}"})"
    )};
    bench.run({{"/c/none", "3"}});
    EXPECT_EQ(
        bench.body(),
        R"({"b":{"id": "none"},"id":"none","c":3,"errors":[)" + entry("/b") + "," + entry("/id") +
            "]}"
    );
}

TEST(OptionalStep, WithANullFallbackHasNoValue) {
    Bench bench{build_route(
        {{.name = "b", .path = "/b", .required = false, .fallback = "null"},
         {.name = "c", .path = "/c/${b.id}"}},
        R"({"b":"${b}","c":"${c}"})"
    )};
    bench.run({});
    EXPECT_EQ(bench.status(), 200) << "a step skipped with its feed is not a required failure";
    EXPECT_EQ(bench.body(), R"({"b":null,"c":null,"errors":[)" + entry("/b") + "]}");
    EXPECT_EQ(bench.source.targets().size(), 1U);
}

TEST(OptionalStep, SkippedWithItsFeedTakesItsOwnFallback) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a", .required = false},
         {.name = "b", .path = "/b/${a.id}", .required = false, .fallback = "[7]"},
         {.name = "c", .path = "/c/${b[0]}"}},
        R"({"b":"${b}","c":"${c}"})"
    )};
    bench.run({{"/c/7", "3"}});
    EXPECT_EQ(bench.body(), R"({"b":[7],"c":3,"errors":[)" + entry("") + "]}");
}

TEST(OptionalStep, WithQuestionMarkInAStepDropsTheParameterAndRunsTheStep) {
    Bench bench{build_route(
        {{.name = "b", .path = "/b", .required = false},
         {.name = "c", .path = "/c", .query = {{"b", "${b.id?}"}, {"x", "1"}}}},
        R"({"c":"${c}"})"
    )};
    bench.run({{"/c?x=1", "3"}});
    EXPECT_EQ(bench.body(), R"({"c":3,"errors":[)" + entry("") + "]}");
}

struct FailureRow {
    FailureKind kind;
    const char* entry;
};

TEST(OptionalStep, SaysWhyInTheCodeOfItsFailure) {
    const std::vector<FailureRow> rows{
        {FailureKind::read_timeout, R"("code":"upstream_timeout","status":504)"},
        {FailureKind::deadline, R"("code":"deadline","status":504)"},
        {FailureKind::connection_refused, R"("code":"upstream_refused","status":502)"},
        {FailureKind::connection_closed, R"("code":"upstream_closed","status":502)"},
        {FailureKind::protocol, R"("code":"upstream_protocol","status":502)"},
        {FailureKind::response_body_too_large, R"("code":"upstream_too_large","status":502)"},
        {FailureKind::connection_limit, R"("code":"upstream_unavailable","status":503)"},
    };
    for (const FailureRow& row : rows) {
        Bench bench{
            build_route({{.name = "b", .path = "/b", .required = false}}, R"({"b":"${b}"})")};
        bench.start();
        bench.source.end("/b", Failure{row.kind});
        EXPECT_EQ(
            bench.body(), R"({"b":null,"errors":[{"path":"/b",)" + std::string{row.entry} + "}]}"
        );
    }
}

TEST(OptionalStep, FailsWithoutACallWhereItsInputIsRefused) {
    Bench bench{
        build_route(
            {{.name = "b", .path = "/b/${request.query.id}", .required = false}}, R"({"b":"${b}"})"
        ),
        {.query = "id=.."}};
    bench.start();
    EXPECT_EQ(bench.status(), 200);
    EXPECT_EQ(
        bench.body(), R"({"b":null,"errors":[{"path":"/b","code":"invalid_value","status":400}]})"
    );
    EXPECT_TRUE(bench.source.targets().empty());
}

TEST(Response, TakesAMissingMemberOfASuccessAsNullAndAsNoMistake) {
    Bench bench{build_route(
        {{.name = "a", .path = "/a"}},
        R"({"x":"${a.none}","y":"${a.none?}","z":"<${a.none}>","w":"<${a.none?}>","l":["${a.none?}","${a.n}","${a.none}"]})"
    )};
    bench.run({{"/a", R"({"n":1})"}});
    EXPECT_EQ(bench.body(), R"({"x":null,"z":null,"l":[1,null]})");
    EXPECT_TRUE(bench.record.complete);
}

}  // namespace
}  // namespace weft::test
