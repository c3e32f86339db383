#include <gmock/gmock.h>

#include "unit/config/loading.hpp"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using testing::load_route_file;
using testing::load_step;
using testing::Loaded;

struct Case {
    std::string name;
    std::string yaml;
    std::vector<std::string> diagnostics;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class RouteFileMistakes : public ::testing::TestWithParam<Case> {};

TEST_P(RouteFileMistakes, AreReportedWithTheirPlace) {
    EXPECT_THAT(
        load_route_file(GetParam().yaml).diagnostics, ElementsAreArray(GetParam().diagnostics)
    );
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    RouteFileMistakes,
    ::testing::Values(
        Case{"empty", "# none yet\n", {"r.yaml:1:1: warning: no routes in this file"}},
        Case{"text", "hello\n", {"r.yaml:1:1: a route file must be a map of keys and values"}},
        Case{
            "route without a map",
            "x:\ny: /y\n",
            {"r.yaml:1:1: route \"x\" must be a map of keys and values",
             "r.yaml:2:4: route \"y\" must be a map of keys and values"}},
        Case{
            "unknown keys of a route",
            "x:\n  pth: /x\n  grace: 4\n",
            {"r.yaml:1:1: route \"x\" has no \"path\"",
             "r.yaml:2:3: unknown key \"pth\" in route \"x\" (did you mean \"path\"?)",
             "r.yaml:3:10: \"grace\" in route \"x\" needs a unit: 4ms, if that is what is meant"}},
        Case{
            "timeout without a unit",
            "x: { path: /x, timeout: 800 }\n",
            {"r.yaml:1:25: \"timeout\" in route \"x\" needs a unit: 800ms, if that is what is "
             "meant"}},
        Case{
            "body limit",
            "x: { path: /x, body_limit: 0B }\n",
            {"r.yaml:1:28: \"body_limit\" in route \"x\" must be from 1B to 1024GiB; 0 does not "
             "mean "
             "unlimited"}},
        Case{
            "steps as a list",
            "x:\n  path: /x\n  steps:\n    - a\n",
            {"r.yaml:4:5: \"steps\" in route \"x\" must be a map, name by name, not a list"}},
        Case{
            "step without anything",
            "x:\n  path: /x\n  steps:\n    a: {}\n",
            {"r.yaml:4:5: step \"a\" has no \"upstream\"",
             "r.yaml:4:5: step \"a\" has no \"path\""}},
        Case{
            "proxy",
            "x:\n  path: /x\n  proxy: { upstrem: a, path: [] }\n",
            {"r.yaml:3:3: \"proxy\" has no \"upstream\"",
             "r.yaml:3:12: unknown key \"upstrem\" in \"proxy\" (did you mean \"upstream\"?)",
             "r.yaml:3:30: \"path\" in \"proxy\" must be text, not a list"}},
        Case{
            "response",
            "x:\n  path: /x\n  response: { status: 600, headers: [], boddy: 1 }\n",
            {"r.yaml:3:23: \"status\" in \"response\" must be from 200 to 599",
             "r.yaml:3:37: \"headers\" in \"response\" must be a map, name by name, not a list",
             "r.yaml:3:41: unknown key \"boddy\" in \"response\" (did you mean \"body\"?)"}},
        Case{
            "response that is an expression",
            "x:\n  path: /x\n  response: ${a}\n",
            {"r.yaml:3:13: \"response\" must be a map of keys and values"}},
        Case{
            "path from the environment",
            "x: { path: \"/x/${env.REGION}\" }\n",
            {"r.yaml:1:16: the environment variable \"REGION\" is not set and has no default: set "
             "it, "
             "or write ${env.REGION:-default}"}}
    )
);

class StepMistakes : public ::testing::TestWithParam<Case> {};

// The keys begin on line 5, column 7; the step has upstream and path besides.
TEST_P(StepMistakes, AreReportedWithTheirPlace) {
    EXPECT_THAT(
        load_step(GetParam().yaml + "\nupstream: a\npath: /a").diagnostics,
        ElementsAreArray(GetParam().diagnostics)
    );
}

INSTANTIATE_TEST_SUITE_P(
    Keys,
    StepMistakes,
    ::testing::Values(
        Case{
            "unknown",
            "requird: false",
            {"r.yaml:5:7: unknown key \"requird\" in step \"s\" (did you mean \"required\"?)"}},
        Case{
            "another way to write it",
            "forEach: x\nmaxItems: 3\nmax-items: 3",
            {"r.yaml:5:7: unknown key \"forEach\" in step \"s\" (did you mean \"for_each\"?)",
             "r.yaml:6:7: unknown key \"maxItems\" in step \"s\" (did you mean \"max_items\"?)",
             "r.yaml:7:7: unknown key \"max-items\" in step \"s\" (did you mean \"max_items\"?)"}},
        Case{
            "wrong kinds of value",
            "batch: {}\nselect: a\nwhen: []\nretry: 1\nafter: {}\non_status: { 404: 200, 5xx: ok }",
            {"r.yaml:5:7: \"batch\" has no \"path\"",
             "r.yaml:5:7: \"batch\" has no \"match\"",
             "r.yaml:6:15: \"select\" in step \"s\" must be a list of texts, not text",
             "r.yaml:7:13: \"when\" in step \"s\" must be text, not a list",
             "r.yaml:8:7: unknown key \"retry\" in step \"s\"",
             "r.yaml:9:14: \"after\" in step \"s\" must be text, not a map",
             "r.yaml:10:25: \"404\" in \"on_status\" of step \"s\" must be from 400 to 599",
             "r.yaml:10:35: \"5xx\" in \"on_status\" of step \"s\" must be a whole number such as "
             "100, not \"ok\""}},
        Case{
            "empty texts",
            "for_each: ''\nmethod: \"\"",
            {"r.yaml:5:18: \"for_each\" in step \"s\" must not be empty",
             "r.yaml:6:16: \"method\" in step \"s\" must not be empty"}},
        Case{
            "query is a text",
            "query: a=b",
            {"r.yaml:5:14: \"query\" in step \"s\" must be a map, name by name, not text"}},
        Case{
            "query values",
            "query: { a: [1], b: {}, c: , d: 5 }",
            {"r.yaml:5:19: \"a\" in \"query\" of step \"s\" must be text, not a list",
             "r.yaml:5:27: \"b\" in \"query\" of step \"s\" must be text, not a map",
             "r.yaml:5:31: \"c\" in \"query\" of step \"s\" must be text, not nothing"}},
        Case{
            "headers",
            "headers: [a]",
            {"r.yaml:5:16: \"headers\" in step \"s\" must be a map, name by name, not a list"}},
        Case{
            "max_items",
            "max_items: 0\nmax_concurrency: 1001",
            {"r.yaml:5:18: \"max_items\" in step \"s\" must be from 1 to 10000; 0 does not mean "
             "unlimited",
             "r.yaml:6:24: \"max_concurrency\" in step \"s\" must be from 1 to 1000"}},
        Case{
            "a number that does not fit",
            "max_items: 99999999999999999999999",
            {"r.yaml:5:18: \"max_items\" in step \"s\" must be a whole number such as 100, not "
             "\"99999999999999999999999\""}},
        Case{
            "a duration that does not fit",
            "timeout: 9223372036854775807m",
            {"r.yaml:5:16: \"timeout\" in step \"s\" is too large"}},
        Case{
            "required",
            "required: True",
            {"r.yaml:5:17: \"required\" in step \"s\" must be true or false, not \"True\""}},
        Case{
            "numbers that JSON does not have",
            "fallback: [.5, +1, 0x1F, .inf, 1., TRUE, 1_000, yes, 0o17]",
            {"r.yaml:5:18: \".5\" is not JSON: write it as JSON does, or in quotes if it is text",
             "r.yaml:5:22: \"+1\" is not JSON: write it as JSON does, or in quotes if it is text",
             "r.yaml:5:26: \"0x1F\" is not JSON: write it as JSON does, or in quotes if it is text",
             "r.yaml:5:32: \".inf\" is not JSON: write it as JSON does, or in quotes if it is text",
             "r.yaml:5:38: \"1.\" is not JSON: write it as JSON does, or in quotes if it is text",
             "r.yaml:5:42: \"TRUE\" is not JSON: write it as JSON does, or in quotes if it is text",
             "r.yaml:5:60: \"0o17\" is not JSON: write it as JSON does, or in quotes if it is "
             "text"}}
    )
);

TEST(RouteFile, TakesTheEnvironmentInEveryScalarOfAStep) {
    const Loaded loaded = load_step(
        "upstream: ${env.UPSTREAM}\npath: \"${env.BASE:-/b}/{id}\"\nmethod: ${env.METHOD:-PUT}\n"
        "query: { q: \"${env.Q:-1}\" }\nheaders: { X-A: \"${env.A:-a}\" }\n"
        "body: { deep: [{ of: \"<${env.OF:-$5}>\" }] }\nselect: [\"${env.MEMBER:-id}\"]\n"
        "timeout: ${env.TIMEOUT:-7ms}\nfallback: ${env.FALLBACK:-none}",
        {{"UPSTREAM", "orders"}}
    );
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    const WrittenStep& step = loaded.gateway.routes.at(0).steps.at(0);
    EXPECT_EQ(step.upstream.value, "orders");
    EXPECT_EQ(step.path.value, "/b/{id}");
    EXPECT_EQ(step.method->value, "PUT");
    EXPECT_EQ(step.query.at(0).second.value, "1");
    EXPECT_EQ(step.headers.at(0).second.value, "a");
    const YamlValue& deep = step.body->members.at(0).value;
    EXPECT_EQ(deep.items.at(0).members.at(0).value.scalar, "<$5>");
    EXPECT_EQ(step.select.at(0).value, "id");
    EXPECT_EQ(step.timeout->value, milliseconds(7));
    EXPECT_EQ(step.fallback->scalar, "none");
}

TEST(RouteFile, SaysWhereAVariableIsNotSet) {
    const std::string unset =
        ": the environment variable \"NO\" is not set and has no default: set it, or write "
        "${env.NO:-default}";
    EXPECT_THAT(
        load_step("upstream: o\npath: /p\nbody: { a: [1, \"x ${env.NO}\"] }\nheaders: { A: "
                  "\"${env.NO}\" }")
            .diagnostics,
        ElementsAre("r.yaml:7:25" + unset, "r.yaml:8:22" + unset)
    );
}

TEST(RouteFile, ReadsEveryKey) {
    const Loaded loaded = load_route_file(R"(x:
  method: POST
  path: /x/{id}
  timeout: 2s
  body_limit: 2KiB
  steps:
    a:
      upstream: one
      method: PUT
      path: /a/${request.path.id}
      query: { q: "${request.query.q}", limit: 30, flag: true, empty: "" }
      headers: { X-A: b }
      timeout: 5ms
      required: false
      fallback: { n: 1 }
      for_each: ${request.body.items}
      max_items: 5
      max_concurrency: 6
    b: { upstream: two, path: / }
  response:
    body: ${a}
y:
  path: /y
  proxy: { upstream: two, path: "/{rest...}" }
)");
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    ASSERT_EQ(loaded.gateway.routes.size(), 2U);
    const WrittenRoute& x = loaded.gateway.routes[0];
    EXPECT_EQ(x.name.value, "x");
    EXPECT_EQ(x.method.value, "POST");
    EXPECT_EQ(x.path.value, "/x/{id}");
    EXPECT_EQ(x.timeout.value, milliseconds(2000));
    EXPECT_EQ(x.body_limit->value, 2048U);
    EXPECT_EQ(x.response_body->scalar, "${a}");
    EXPECT_EQ(x.response_at->line, 20U);
    EXPECT_FALSE(x.proxy);
    ASSERT_EQ(x.steps.size(), 2U);
    const WrittenStep& a = x.steps[0];
    EXPECT_EQ(a.name.value, "a");
    EXPECT_EQ(a.upstream.value, "one");
    EXPECT_EQ(a.method->value, "PUT");
    EXPECT_EQ(a.path.value, "/a/${request.path.id}");
    ASSERT_EQ(a.query.size(), 4U);
    EXPECT_EQ(a.query[0].first.value, "q");
    EXPECT_EQ(a.query[0].second.value, "${request.query.q}");
    EXPECT_EQ(a.query[1].second.value, "30");
    EXPECT_EQ(a.query[2].second.value, "true");
    EXPECT_EQ(a.query[3].second.value, "");
    EXPECT_EQ(a.headers.at(0).first.value, "X-A");
    EXPECT_EQ(a.timeout->value, milliseconds(5));
    EXPECT_FALSE(a.required.value);
    EXPECT_EQ(a.fallback->members.at(0).value.scalar, "1");
    EXPECT_EQ(a.for_each->value, "${request.body.items}");
    EXPECT_EQ(a.max_items.value, 5U);
    EXPECT_EQ(a.max_concurrency.value, 6U);
    const WrittenRoute& y = loaded.gateway.routes[1];
    EXPECT_EQ(y.proxy->upstream.value, "two");
    EXPECT_EQ(y.proxy->path.value, "/{rest...}");
    EXPECT_EQ(y.proxy->at.line, 24U);
    EXPECT_FALSE(y.response_at);
}

TEST(RouteFile, LeavesATextEmptyWhoseMistakeIsReported) {
    const Loaded loaded = load_step("upstream: []\npath: 007\nfor_each: ${a # b}");
    EXPECT_EQ(loaded.diagnostics.size(), 3U);
    const WrittenStep& step = loaded.gateway.routes.at(0).steps.at(0);
    EXPECT_EQ(step.upstream.value, "");
    EXPECT_EQ(step.path.value, "");
    ASSERT_TRUE(step.for_each);
    EXPECT_EQ(step.for_each->value, "");
    EXPECT_EQ(step.for_each->at.line, 7U);
}

}  // namespace
}  // namespace weft
