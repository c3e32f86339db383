// join, count, concat and compact in the places where they may stand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

// An order at /o, and a body that is one expression of it.
std::string body_of(const std::string& expression, const std::string& order) {
    Bench bench{compile_routes(
        "r:\n  path: /r\n  steps:\n    order: { upstream: orders, path: /o }\n"
        "  response:\n    body:\n      x: " +
        expression + "\n      o: ${order.o}\n"
    )};
    bench.run({{"/o", order}});
    if (bench.status() != 200) return bench.member("/code");
    return bench.member("/x");
}

struct Row {
    const char* expression;
    const char* order;
    const char* x;
};

TEST(Functions, GiveTheValuesOfTheirLists) {
    const Row rows[] = {
        {"${join(order.ids, ',')}", R"({"ids":["a","b",3,true]})", R"("a,b,3,true")"},
        {"${join(order.ids, ', ')}", R"({"ids":["a"]})", R"("a")"},
        {"${join(order.ids, ',')}", R"({"ids":[]})", R"("")"},
        {"${join(order.ids, ',')}", R"({"ids":null})", R"("")"},
        {"${join(order.ids, ',')}", R"({"ids":["",""]})", R"(",")"},
        {"${join(order.ids, ',')}",
         R"({"ids":[9007199254740993,1.50]})",
         R"("9007199254740993,1.50")"},
        {"${join(order.ids, '\"')}", R"({"ids":["a","b"]})", R"("a\"b")"},
        {"${join(order.lines[*].id, '-')}", R"({"lines":[{"id":1},{},{"id":2}]})", R"("1-2")"},
        {"<${join(order.ids, '+')}>", R"({"ids":[1,2]})", R"("<1+2>")"},
        {"${count(order.ids)}", R"({"ids":[1,null,{},[]]})", "4"},
        {"${count(order.ids)}", R"({"ids":[]})", "0"},
        {"${count(order.ids)}", R"({"ids":null})", "0"},
        {"${count(order.ids?)}", R"({})", "0"},
        {"${count(order.lines[*].id)}", R"({"lines":[{"id":1},{},{"id":null}]})", "2"},
        {"of ${count(order.ids)}", R"({"ids":[1]})", R"("of 1")"},
        {"${compact(order.ids)}", R"({"ids":[1,null,"",false,[],null]})", R"([1,"",false,[]])"},
        {"${compact(order.lines[*].id)}", R"({"lines":[{"id":null},{},{"id":2}]})", "[2]"},
        {"${compact(order.ids)}", R"({"ids":null})", "[]"},
        {"${concat(order.a, order.b)}", R"({"a":[1, {"x" :2}],"b":["é"]})", R"([1,{"x":2},"é"])"},
        {"${concat(order.a, order.b)}", R"({"a":null,"b":[]})", "[]"},
        {"${concat(order.a?, order.b)}", R"({"b":[1]})", "[1]"},
        {"${count(concat(order.a, compact(order.b)))}", R"({"a":[1],"b":[null,2]})", "2"},
        {"${join(concat(order.a, order.a), '.')}", R"({"a":[1,2]})", R"("1.2.1.2")"},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(body_of(row.expression, row.order), row.x) << row.expression << row.order;
    }
}

TEST(Functions, OfAMissingListAreNullInTheResponse) {
    for (const char* expression :
         {"${join(order.ids, ',')}",
          "<${join(order.ids, ',')}>",
          "${count(order.ids)}",
          "${compact(order.ids)}",
          "${concat(order.there, order.ids)}",
          "${count(order.ids[*].x)}"}) {
        EXPECT_EQ(body_of(expression, R"({"there":[1]})"), "null") << expression;
    }
    EXPECT_EQ(body_of("${join(order.ids, ',')}", R"({"ids":["a",null]})"), "null");
}

TEST(Functions, OfAMissingListAreNullWhateverItemsStandBeforeIt) {
    for (const char* expression :
         {"${join(concat(order.objects, order.missing), ',')}",
          "${join(concat(order.missing, order.objects), ',')}",
          "${join(concat(order.nulls, order.missing), ',')}"}) {
        EXPECT_EQ(body_of(expression, R"({"objects":[{}],"nulls":[null]})"), "null") << expression;
    }
}

TEST(Functions, OfWrongListsAreNoResponse) {
    const Row rows[] = {
        {"${count(order.ids)}", R"({"ids":7})", ""},
        {"${count(order.ids)}", R"({"ids":{}})", ""},
        {"${compact(order.ids)}", R"({"ids":"abc"})", ""},
        {"${concat(order.a, order.ids)}", R"({"a":[1],"ids":true})", ""},
        {"${join(order.ids, ',')}", R"({"ids":[{"a":1}]})", ""},
        {"${join(order.ids, ',')}", R"({"ids":[[1]]})", ""},
        {"${join(order.ids, ',')}", R"({"ids":["a,b"]})", ""},
        {"${join(order.ids, ', ')}", R"({"ids":["a",", "]})", ""},
        {"${join(order.ids, ',')}", R"({"ids":["\u002c"]})", ""},
        {"${join(order.ids, '::')}", R"({"ids":["a:","b"]})", ""},
        {"${join(order.ids, ',')}", R"({"ids":["\ud800"]})", ""},
        {"${count(order.ids[*].x[*])}", R"({"ids":[{"x":1}]})", ""},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(body_of(row.expression, row.order), R"("response_invalid")")
            << row.expression << row.order;
    }
}

// A required step `s` that asks /s?x=... for the value.
std::unique_ptr<Bench> asking(const std::string& expression, ClientRequest request = {}) {
    auto bench = std::make_unique<Bench>(
        compile_routes(
            "r:\n  path: /r\n  method: POST\n  steps:\n"
            "    order: { upstream: orders, path: /o }\n"
            "    s: { upstream: users, path: /s, query: { x: \"" +
            expression + "\" } }\n  response: { body: { s: \"${s}\" } }\n"
        ),
        std::move(request)
    );
    bench->start();
    return bench;
}

struct CallRow {
    const char* expression;
    const char* order;
    const char* outcome;  // the target of s, or the code and status of the answer
};

// Of a route that may be over already.
void answer_order(Bench& bench, const std::string& body) {
    if (!bench.answered()) bench.source.answer("/o", body);
}

std::string outcome_of(const Bench& bench) {
    if (bench.source.targets().size() > 1) return bench.source.targets()[1];
    return bench.member("/code") + " " + std::to_string(bench.status());
}

TEST(Functions, StandInCallsOrFailTheStep) {
    const CallRow rows[] = {
        {"${join(order.ids, ',')}", R"({"ids":[1,2]})", "/s?x=1%2C2"},
        {"${join(order.ids, ',')}", R"({"ids":[]})", "/s?x="},
        {"${count(order.ids)}", R"({"ids":[1,2]})", "/s?x=2"},
        {"${count(order.ids?)}", R"({})", "/s?x=0"},
        {"${join(order.ids, ',')}", R"({})", R"("missing_input" 502)"},
        {"${count(order.ids)}", R"({})", R"("missing_input" 502)"},
        {"${join(order.ids, ',')}", R"({"ids":[1,null]})", R"("missing_input" 502)"},
        {"${join(compact(order.ids), ',')}", R"({"ids":[1,null]})", "/s?x=1"},
        {"${join(order.ids, ',')}", R"({"ids":["a,b"]})", R"("invalid_value" 502)"},
        {"${join(order.ids, ',')}", R"({"ids":[[]]})", R"("invalid_value" 502)"},
        {"${join(order.ids, ',')}", R"({"ids":1})", R"("not_a_list" 502)"},
        {"${count(concat(order.ids, order.more))}",
         R"({"ids":[],"more":"x"})",
         R"("not_a_list" 502)"},
        {"${count(order.a[*].b)}", R"({"a":7})", R"("not_a_list" 502)"},
        {"${count(order.a[*].b)}", R"({})", R"("missing_input" 502)"},
    };
    for (const CallRow& row : rows) {
        const auto bench = asking(row.expression);
        answer_order(*bench, row.order);
        EXPECT_EQ(outcome_of(*bench), row.outcome) << row.expression << row.order;
    }
}

TEST(Functions, BlameTheClientForItsOwnLists) {
    const CallRow rows[] = {
        {"${join(request.body.ids, ',')}", R"({"ids":["a,b"]})", R"("invalid_value" 400)"},
        {"${count(request.body.ids)}", R"({"ids":7})", R"("not_a_list" 400)"},
        {"${count(request.body.ids)}", R"({"other":7})", R"("missing_input" 400)"},
        {"${count(concat(order.ids, request.body.ids))}",
         R"({"other":7})",
         R"("missing_input" 400)"},
        {"${count(concat(request.body.ids, order.none))}",
         R"({"ids":[]})",
         R"("missing_input" 502)"},
        {"${join(concat(request.body.ids, order.ids), ',')}", R"({"ids":[1]})", "/s?x=1%2C2%2C3"},
        {"${join(concat(request.body.ids, order.ids), ',')}",
         R"({"ids":["a,b"]})",
         R"("invalid_value" 400)"},
    };
    for (const CallRow& row : rows) {
        const auto bench = asking(row.expression, {.body = row.order});
        answer_order(*bench, R"({"ids":[2,3]})");
        EXPECT_EQ(outcome_of(*bench), row.outcome) << row.expression << row.order;
    }
}

TEST(Functions, TakeARepeatedQueryParameterForAList) {
    const auto joined = asking("${join(request.query.id, ',')}", {.query = "id=1&x=7&id=a%20b"});
    answer_order(*joined, "{}");
    EXPECT_EQ(outcome_of(*joined), "/s?x=1%2Ca%20b");
    const auto once = asking("${count(request.query.id)}", {.query = "id=1,2"});
    answer_order(*once, "{}");
    EXPECT_EQ(outcome_of(*once), "/s?x=1");
    const auto never = asking("${count(request.query.id)}");
    answer_order(*never, "{}");
    EXPECT_EQ(outcome_of(*never), R"("missing_input" 400)");
    const auto split = asking("${join(request.query.id, ',')}", {.query = "id=1,2"});
    answer_order(*split, "{}");
    EXPECT_EQ(outcome_of(*split), R"("invalid_value" 400)");
}

constexpr const char* looping = R"(
r:
  path: /r
  method: POST
  steps:
    order: { upstream: orders, path: /o }
    list:
      upstream: products
      for_each: ${concat(order.a, compact(order.b[*].id))}
      path: /p/${item}
      required: false
      max_items: 3
    rest: { upstream: users, for_each: "${compact(list[*].next)}", path: "/n/${item}", required: false }
  response:
    body:
      list: ${list}
      rest: ${rest}
      names: ${join(list[*].name, '+')}
      present: ${compact(list)}
      all: ${concat(list, rest)}
      count: ${count(list)}
)";

TEST(Functions, GiveAFlatListToLoopOver) {
    Bench bench{compile_routes(looping)};
    bench.start();
    bench.source.answer("/o", R"({"a":[1,2],"b":[{"id":2},{"id":null},{},{"id":"1"}]})");
    EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/p/1", "/p/2"));
    bench.source.answer("/p/1", R"({"name":"x","next":7})");
    bench.source.answer("/p/2", R"({"name":"y","next":null})");
    bench.source.answer("/n/7", "8");
    EXPECT_EQ(
        bench.body(),
        R"({"list":[{"name":"x","next":7},{"name":"y","next":null},{"name":"y","next":null},{"name":"x","next":7}],)"
        R"("rest":[8,8],"names":"x+y+y+x",)"
        R"("present":[{"name":"x","next":7},{"name":"y","next":null},{"name":"y","next":null},{"name":"x","next":7}],)"
        R"("all":[{"name":"x","next":7},{"name":"y","next":null},{"name":"y","next":null},{"name":"x","next":7},8,8],"count":4})"
    );
}

TEST(Functions, LeaveWhatFailedAtTheirOwnPlaceInTheErrors) {
    Bench bench{compile_routes(looping)};
    bench.start();
    bench.source.answer("/o", R"({"a":[1,2],"b":[]})");
    bench.source.answer("/p/1", R"({"name":"x","next":null})");
    bench.source.answer("/p/2", 404, "");
    const auto entry = [](const std::string& path) {
        return R"({"path":")" + path +
               R"(","code":"upstream_status","status":502,"upstream_status":404})";
    };
    EXPECT_EQ(
        bench.body(),
        R"({"list":[{"name":"x","next":null},null],"rest":[],"names":"x",)"
        R"("present":[{"name":"x","next":null}],)"
        R"("all":[{"name":"x","next":null},null],"count":2,"errors":[)" +
            entry("/list/1") + "," + entry("/names") + "," + entry("/present") + "," +
            entry("/all") + "," + entry("/count") + "]}"
    );
}

TEST(Functions, OfALoopThatFailedAsAWholeAreNull) {
    Bench bench{compile_routes(looping)};
    bench.start();
    bench.source.answer("/o", R"({"a":[1,2,3,4],"b":[]})");
    EXPECT_EQ(bench.source.targets().size(), 1U);
    const auto entry = [](const std::string& path) {
        return R"({"path":")" + path + R"(","code":"too_many_items","status":502})";
    };
    EXPECT_EQ(
        bench.body(),
        R"({"list":null,"rest":null,"names":null,"present":null,"all":null,"count":null,"errors":[)" +
            entry("/list") + "," + entry("/names") + "," + entry("/present") + "," + entry("/all") +
            "," + entry("/count") + "]}"
    );
}

}  // namespace
}  // namespace weft::test
