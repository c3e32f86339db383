// Rules 4, 5 and 6 of "What a step means" in ROUTES.md: what is missing, what a success is, and
// what a failure does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

std::shared_ptr<const Snapshot> route_of(const std::string& steps, const std::string& response) {
    return compile_routes(
        "r:\n  path: /r\n  method: POST\n  steps:\n" + steps + "  response: " + response + "\n"
    );
}

const std::string only_s = "{ body: { s: \"${s}\" } }";

// One step `s` with those keys, fed by the request; in a list if `item` is in its path.
std::shared_ptr<const Snapshot> step_with(const std::string& keys) {
    return route_of("    s: { upstream: users, " + keys + " }\n", only_s);
}

// 4.

TEST(Rule4, AReferenceWithAQuestionMarkDropsItsMemberAndOneWithoutFailsTheStep) {
    const ClientRequest request{.body = R"({"null":null,"there":1})"};
    for (const char* name : {"null", "absent"}) {
        const std::string value = "${request.body." + std::string{name} + "?}";
        const std::string keys = "path: /s, method: POST, query: { a: \"" + value +
                                 "\", b: 2 }, headers: { X-A: \"x " + value + "\", X-B: \"2\" }, " +
                                 "body: { a: \"" + value + "\", b: 2, c: [1, \"" + value +
                                 "\", 3], d: \"t " + value + "\" }";
        Bench bench{step_with(keys), request};
        bench.start();
        const StepCall& call = bench.source.call(0);
        EXPECT_EQ(call.target, "/s?b=2");
        ASSERT_EQ(call.headers.size(), 1U);
        EXPECT_EQ(call.headers[0].name(), "X-B");
        EXPECT_EQ(call.body, R"({"b":2,"c":[1,3]})");

        std::string needed = keys;
        needed.erase(needed.find('?'), 1);
        Bench refused{step_with(needed), request};
        refused.start();
        EXPECT_EQ(refused.status(), 400);
        EXPECT_EQ(refused.member("/code"), R"("missing_input")");
        EXPECT_TRUE(refused.source.targets().empty());
    }
}

TEST(Rule4, AWholeBodyCanBeDropped) {
    const std::string keys = "path: /s, method: POST, body: \"${request.body?}\"";
    Bench without{step_with(keys)};
    without.start();
    EXPECT_EQ(without.source.call(0).body, "");
    Bench with{step_with(keys), {.body = " [1] "}};
    with.start();
    EXPECT_EQ(with.source.call(0).body, " [1] ");
}

TEST(Rule4, AMissingMemberOfASuccessIsNullInTheResponseAndNoLoss) {
    Bench bench{route_of(
        "    s: { upstream: users, path: /s }\n",
        R"({ body: { a: "${s.a}", b: "${s.b?}", c: "${s.c}", d: ["${s.b?}", "${s.b}"], e: "t ${s.b}", f: "t ${s.b?}" } })"
    )};
    bench.run({{"/s", R"({"c":null})"}});
    EXPECT_EQ(bench.body(), R"({"a":null,"c":null,"d":[null],"e":null})");
    EXPECT_EQ(bench.field("Weft-Complete"), "");
    EXPECT_TRUE(bench.record.complete);
}

// 5.

struct End {
    const char* keys;
    int status;
    const char* body;
    const char* value;  // null: it failed
};

void expect_end(const End& end) {
    for (const char* required : {"", ", required: false"}) {
        for (const bool loops : {false, true}) {
            const std::string path = loops ? "path: \"/s/${item}\", for_each: \"${request.body}\""
                                           : std::string{"path: /s/1"};
            Bench bench{step_with(path + required + end.keys), {.body = "[1]"}};
            bench.start();
            bench.source.answer("/s/1", static_cast<std::uint16_t>(end.status), end.body);
            SCOPED_TRACE(std::string{end.keys} + " " + std::to_string(end.status) + " " + end.body);
            ASSERT_TRUE(bench.answered());
            const bool failed = end.value == nullptr;
            const std::string value = failed ? "null" : end.value;
            if (failed && *required == '\0') {
                EXPECT_NE(bench.status(), 200);
                continue;
            }
            EXPECT_EQ(bench.status(), 200);
            EXPECT_EQ(bench.member("/s"), loops ? "[" + value + "]" : value);
            EXPECT_EQ(bench.record.complete, !failed);
            EXPECT_EQ(bench.member("/errors") == "absent", !failed);
        }
    }
}

TEST(Rule5, ASuccessIsAStatusOf2xxAndJsonToItsLastByte) {
    for (const End& end :
         {End{"", 200, "{}", "{}"},
          End{"", 299, "[1]", "[1]"},
          End{"", 204, "", "null"},
          End{"", 200, "", "null"},
          End{"", 200, " 1 ", "1"},
          End{"", 200, "{}x", nullptr},
          End{"", 200, "text", nullptr},
          End{"", 300, "{}", nullptr},
          End{"", 404, "{}", nullptr}}) {
        expect_end(end);
    }
}

TEST(Rule5, SuccessSaysOtherwiseAndItsBodyIsReadLikeAny) {
    for (const End& end :
         {End{", success: [2xx, 404]", 404, R"({"none":1})", R"({"none":1})"},
          End{", success: [2xx, 404]", 404, "<html>", nullptr},
          End{", success: [2xx, 404]", 410, "{}", nullptr},
          End{", success: [2xx, 404]", 201, "{}", "{}"},
          End{", success: 404", 200, "{}", nullptr},
          End{", success: [4xx]", 418, "1", "1"},
          End{", success: [304]", 304, "", "null"}}) {
        expect_end(end);
    }
}

TEST(Rule5, NullOnIsANullSuccessWhateverTheBody) {
    for (const End& end :
         {End{", null_on: 404", 404, "<html>", "null"},
          End{", null_on: [404, 5xx]", 503, "{", "null"},
          End{", null_on: 404", 200, "{}", "{}"},
          End{", null_on: 404", 410, "{}", nullptr},
          End{", null_on: [2xx]", 200, "text", "null"},
          End{", null_on: [2xx], success: [201]", 201, "1", "1"},
          End{", null_on: [200]", 200, "1", "null"},
          End{", null_on: [200]", 201, "1", "1"},
          End{", null_on: [4xx], on_status: { 404: 404 }", 404, "", nullptr}}) {
        expect_end(end);
    }
}

TEST(Rule5, ANullSuccessIsReadAsNull) {
    Bench bench{route_of(
        "    s: { upstream: users, path: /s, null_on: 404 }\n"
        "    t: { upstream: users, path: /t, query: { a: \"${s.a?}\", b: \"${s?}\" } }\n"
        "    u: { upstream: users, path: \"/u/${s.a}\", required: false }\n",
        R"({ body: { s: "${s}", a: "${s.a}", t: "${t}", u: "${u}" } })"
    )};
    bench.start();
    bench.source.answer("/s", 404, "");
    bench.source.answer("/t", "2");
    EXPECT_EQ(
        bench.body(),
        R"({"s":null,"a":null,"t":2,"u":null,)"
        R"("errors":[{"path":"/u","code":"missing_input","status":502}]})"
    );
}

// 6.

TEST(Rule6, TheFirstRequiredFailureSeenDecidesAndTheOtherCallsAreCancelled) {
    Bench bench{route_of(
        "    a: { upstream: users, path: /a }\n    b: { upstream: users, path: /b }\n"
        "    c: { upstream: users, path: /c, required: false }\n",
        R"({ body: { a: "${a}", b: "${b}", c: "${c}" } })"
    )};
    EXPECT_FALSE(bench.snapshot == nullptr);
    bench.start();
    bench.source.answer("/b", 500, "");
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/step"), R"("b")");
    EXPECT_EQ(bench.source.cancelled(), 2U);
}

TEST(Rule6, AnOptionalFailureGivesTheFallbackAndAnEntry) {
    struct Row {
        const char* keys;
        const char* value;
    };
    for (const Row& row : {Row{"", "null"}, Row{", fallback: { a: [1] }", R"({"a":[1]})"}}) {
        Bench bench{step_with("path: /s, required: false" + std::string{row.keys})};
        bench.start();
        bench.source.answer("/s", 503, "");
        EXPECT_EQ(bench.member("/s"), row.value);
        EXPECT_EQ(
            bench.member("/errors"),
            R"([{"path":"/s","code":"upstream_status","status":502,"upstream_status":503}])"
        );
        EXPECT_FALSE(bench.record.complete);
    }
}

TEST(Rule6, WhatAnOptionalStepFeedsIsSkippedWithItUnlessThereIsAFallback) {
    for (const bool has_fallback : {false, true}) {
        Bench bench{route_of(
            "    a: { upstream: users, path: /a, required: false" +
                std::string{has_fallback ? ", fallback: { id: 5 }" : ""} +
                " }\n    b: { upstream: users, path: \"/b/${a.id}\" }\n",
            R"({ body: { a: "${a}", b: "${b}" } })"
        )};
        bench.start();
        bench.source.answer("/a", 500, "");
        if (has_fallback) bench.source.answer("/b/5", "1");
        EXPECT_EQ(bench.status(), 200);
        EXPECT_EQ(bench.member("/a"), has_fallback ? R"({"id":5})" : "null");
        EXPECT_EQ(bench.member("/b"), has_fallback ? "1" : "null");
        EXPECT_EQ(
            bench.member("/errors"),
            R"([{"path":"/a","code":"upstream_status","status":502,"upstream_status":500}])"
        );
    }
}

}  // namespace
}  // namespace weft::test
