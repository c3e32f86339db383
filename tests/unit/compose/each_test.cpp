// What `$each` writes for the elements of a list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/each_route.hpp"

namespace weft::test {
namespace {

struct EachRow {
    const char* what;
    std::string body;
    std::string cart;
    std::string answer;
};

void expect_answers(const std::vector<EachRow>& rows) {
    for (const EachRow& row : rows) {
        const auto bench = run_each(compile_each_route(row.body, ""), row.cart);
        EXPECT_EQ(bench->status(), 200) << row.what;
        EXPECT_EQ(bench->body(), row.answer) << row.what;
    }
}

TEST(Each, WritesItsValueForEachElementInTheirOrder) {
    const std::string lines = R"({ lines: { $each: "${cart.lines}", $as: line, $value: )";
    expect_answers({
        {"a member",
         lines + R"("${line.sku}" } })",
         R"({"lines":[{"sku":"a"},{"sku":2},{"sku":[1, 2]}]})",
         R"({"lines":["a",2,[1, 2]]})"},
        {"an object",
         lines + R"({ s: "${line.sku}", n: "${line.n}", k: 1 } } })",
         R"({"lines":[{"n":1.50,"sku":"a"},{"sku":"b"}]})",
         R"({"lines":[{"s":"a","n":1.50,"k":1},{"s":"b","n":null,"k":1}]})"},
        {"text",
         lines + R"("#${line.n} of ${cart.id}" } })",
         R"({"id":"c","lines":[{"n":9007199254740993},{"n":"\u00e9"}]})",
         R"({"lines":["#9007199254740993 of c","#é of c"]})"},
        {"text of what is missing",
         lines + R"("#${line.n}" } })",
         R"({"lines":[{"n":1},{}]})",
         R"({"lines":["#1",null]})"},
        {"the element itself",
         lines + R"("${line}" } })",
         R"({"lines":[ {"a" : 1}, null, "x",[],1e2 ]})",
         R"({"lines":[{"a" : 1},null,"x",[],1e2]})"},
        {"members of what is no object",
         lines + R"("${line.sku}" } })",
         R"({"lines":[null,"x",[{"sku":1}],3,{"sku":4}]})",
         R"({"lines":[null,null,null,null,4]})"},
        {"a constant",
         lines + "{ a: [ 1 ] } } }",
         R"({"lines":[1,2]})",
         R"({"lines":[{"a":[1]},{"a":[1]}]})"},
        {"deep members",
         lines + R"("${line.a[1]['b c']}" } })",
         R"({"lines":[{"a":[0,{"b c":7}]},{"a":[0]}]})",
         R"({"lines":[7,null]})"},
        {"an empty list", lines + R"("${line}" } })", R"({"lines":[]})", R"({"lines":[]})"},
        {"null", lines + R"("${line}" } })", R"({"lines":null})", R"({"lines":[]})"},
        {"absent", lines + R"("${line}" } })", "{}", R"({"lines":[]})"},
    });
}

TEST(Each, CallsItsElementsItemIfTheyHaveNoName) {
    expect_answers({
        {"item",
         R"({ skus: { $each: "${cart.lines}", $value: "${item.sku}" } })",
         R"({"lines":[{"sku":1},{"sku":2}]})",
         R"({"skus":[1,2]})"},
    });
}

TEST(Each, TakesWhateverIsAList) {
    expect_answers({
        {"a plural path",
         R"({ x: { $each: "${cart.lines[*].sku}", $value: "${item}" } })",
         R"({"lines":[{"sku":1},{},{"sku":2}]})",
         R"({"x":[1,2]})"},
        {"of lists",
         R"({ x: { $each: "${cart.lines[*].tags[*]}", $value: "<${item}>" } })",
         R"({"lines":[{"tags":[1,2]},{"tags":[]},{"tags":[3]}]})",
         R"({"x":["<1>","<2>","<3>"]})"},
        {"functions",
         R"({ x: { $each: "${concat(cart.a, compact(cart.b))}", $value: [ "${item}" ] } })",
         R"({"a":[1,null],"b":[2,null,3]})",
         R"({"x":[[1],[null],[2],[3]]})"},
        {"the whole body",
         R"({ x: { $each: "${cart}", $value: "${item.a}" } })",
         R"([{"a":1},{"a":2}])",
         R"({"x":[1,2]})"},
        {"at the top",
         R"({ $each: "${cart}", $value: "${item.a}" })",
         R"([{"a":1},{"a":2}])",
         "[1,2]"},
        {"in an array",
         R"([ { $each: "${cart}", $value: "${item}" }, 1, { $each: "${cart}", $value: 0 } ])",
         "[5,6]",
         "[[5,6],1,[0,0]]"},
    });
}

TEST(Each, TakesARepeatedQueryParameter) {
    const auto route = compile_each_route(
        R"({ ids: { $each: "${request.query.id}", $value: { id: "${item}" } }, cart: "${cart}" })",
        ""
    );
    EXPECT_EQ(
        run_each(route, "1", {}, {.query = "id=a%22&id=%ff"})->body(),
        "{\"ids\":[{\"id\":\"a\\\"\"},{\"id\":\"\xEF\xBF\xBD\"}],\"cart\":1}"
    );
    EXPECT_EQ(run_each(route, "1", {}, {.query = "id=7"})->member("/ids"), R"([{"id":"7"}])");
    EXPECT_EQ(run_each(route, "1")->member("/ids"), "[]");
}

// As in a text that is JSON.
TEST(Each, FindsNoMembersInAQueryParameter) {
    const std::string inner = R"(, $as: e, $value: { $each: "${e.l[*].n}", $as: n, $value: 1 } })";
    const auto route = compile_each_route(
        R"({ text: { $each: "${request.query.id}")" + inner + R"(, json: { $each: "${cart}")" +
            inner + " }",
        ""
    );
    EXPECT_EQ(
        run_each(route, R"(["7"])", {}, {.query = "id=7"})->body(), R"({"text":[[]],"json":[[]]})"
    );
}

TEST(Each, LeavesOutWhatHasAQuestionMarkAndNoValue) {
    expect_answers({
        {"a member",
         R"({ x: { $each: "${cart.l}", $as: e, $value: { a: "${e.a?}", b: 1 } } })",
         R"({"l":[{"a":1},{},{"a":null}]})",
         R"({"x":[{"a":1,"b":1},{"b":1},{"b":1}]})"},
        {"an element",
         R"({ x: { $each: "${cart.l}", $as: e, $value: "${e.a?}" } })",
         R"({"l":[{},{"a":1},{},{"a":2},{}]})",
         R"({"x":[1,2]})"},
        {"all elements",
         R"({ x: { $each: "${cart.l}", $as: e, $value: "${e.a?}" } })",
         R"({"l":[{},{}]})",
         R"({"x":[]})"},
        {"text in an element",
         R"({ x: { $each: "${cart.l}", $as: e, $value: "<${e.a?}>" } })",
         R"({"l":[{},{"a":1}]})",
         R"({"x":["<1>"]})"},
        {"the list",
         R"({ x: { $each: "${cart.l?}", $as: e, $value: "${e}" }, y: 1 })",
         "{}",
         R"({"y":1})"},
        {"a list that is null is there",
         R"({ x: { $each: "${cart.l?}", $as: e, $value: "${e}" } })",
         R"({"l":null})",
         R"({"x":[]})"},
        {"a list in an element",
         R"({ x: { $each: "${cart.l}", $as: e, $value: { $each: "${e.m?}", $as: f, $value: "${f}" } } })",
         R"({"l":[{"m":[1]},{},{"m":[]}]})",
         R"({"x":[[1],[]]})"},
        {"the list at the top", R"({ $each: "${cart.l?}", $as: e, $value: "${e}" })", "{}", "null"},
    });
}

TEST(Each, StandsInAnother) {
    expect_answers({
        {"a list of the element",
         R"({ x: { $each: "${cart.l}", $as: a, $value: { $each: "${a.m}", $as: b, $value: [ "${a.n}", "${b.n}", "${cart.n}" ] } } })",
         R"({"n":0,"l":[{"n":1,"m":[{"n":2},{"n":3}]},{"n":4,"m":null},{"n":5,"m":[{"n":6}]}]})",
         R"({"x":[[[1,2,0],[1,3,0]],[],[[5,6,0]]]})"},
        {"a plural path in the element",
         R"({ x: { $each: "${cart.l}", $as: a, $value: { $each: "${a.m[*].n}", $as: b, $value: "${b}" } } })",
         R"({"l":[{"m":[{"n":1},{}]},{"m":[]}]})",
         R"({"x":[[1],[]]})"},
        {"another list for each element",
         R"({ x: { $each: "${cart.l}", $as: a, $value: { $each: "${cart.m}", $as: b, $value: "${a}${b}" } } })",
         R"({"l":[1,2],"m":["a","b"]})",
         R"({"x":[["1a","1b"],["2a","2b"]]})"},
        {"the elements themselves",
         R"({ x: { $each: "${cart}", $as: a, $value: { $each: "${a}", $as: b, $value: { $each: "${b}", $as: c, $value: "${c}" } } } })",
         "[[[1],[2,3]],[]]",
         R"({"x":[[[1],[2,3]],[]]})"},
    });
}

TEST(Each, UsesFunctionsOfItsElements) {
    expect_answers({
        {"of the element",
         R"({ x: { $each: "${cart.l}", $as: e, $value: { n: "${count(e.m)}", j: "${join(e.m, '-')}" } } })",
         R"({"l":[{"m":[1,2]},{"m":[]}]})",
         R"({"x":[{"n":2,"j":"1-2"},{"n":0,"j":""}]})"},
        {"of something else",
         R"({ x: { $each: "${cart.l}", $as: e, $value: "${e} of ${count(cart.l)}" } })",
         R"({"l":[7,8]})",
         R"({"x":["7 of 2","8 of 2"]})"},
    });
}

struct WrongRow {
    const char* what;
    std::string body;
    std::string cart;
};

TEST(Each, OverSomethingElseThanAListMakesTheResponseInvalid) {
    const std::string lines =
        R"({ lines: { $each: "${cart.lines}", $as: line, $value: "${line}" } })";
    const std::vector<WrongRow> rows{
        {"text", lines, R"({"lines":"[]"})"},
        {"an object", lines, R"({"lines":{"0":1}})"},
        {"a number", lines, R"({"lines":0})"},
        {"false", lines, R"({"lines":false})"},
        {"a path that is not made of lists",
         R"({ x: { $each: "${cart.lines[*].tags[*]}", $value: 1 } })",
         R"({"lines":[{"tags":[]},{"tags":1}]})"},
        {"of the second element",
         R"({ x: { $each: "${cart.lines}", $as: a, $value: { $each: "${a.tags}", $as: b, $value: 1 } } })",
         R"({"lines":[{"tags":[]},{"tags":"x"}]})"},
        {"with `?`", R"({ x: { $each: "${cart.lines?}", $value: 1 } })", R"({"lines":1})"},
        {"an object in text",
         R"({ x: { $each: "${cart.lines}", $value: "a${item}" } })",
         R"({"lines":[1,{}]})"},
        {"a member twice",
         R"({ x: { $each: "${cart.lines}", $value: "${item.a}" } })",
         R"({"lines":[{"a":1,"a":2}]})"},
    };
    for (const WrongRow& row : rows) {
        const auto bench = run_each(compile_each_route(row.body, ""), row.cart);
        EXPECT_EQ(bench->status(), 502) << row.what;
        EXPECT_EQ(bench->member("/code"), R"("response_invalid")") << row.what;
    }
}

TEST(Each, SplicesLargeElementsAndCopiesSmallOnes) {
    const std::string large = '"' + std::string(40'000, 'x') + '"';
    const auto bench = run_each(
        compile_each_route(
            R"({ x: { $each: "${cart}", $value: { a: "${item.a}", b: "${item.b}" } } })", ""
        ),
        R"([{"a":)" + large + R"(,"b":1},{"a":2,"b":)" + large + "}]"
    );
    EXPECT_EQ(bench->body(), R"({"x":[{"a":)" + large + R"(,"b":1},{"a":2,"b":)" + large + "}]}");
}

}  // namespace
}  // namespace weft::test
