// `$each` joined with the results of for_each steps: look-ups, what is lost, and what it may cost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/each_route.hpp"

namespace weft::test {
namespace {

constexpr const char* joined =
    R"({ lines: { $each: "${cart.lines}", $as: line, $value: { sku: "${line.sku}", stock: "${stock[line.sku]}" } } })";
constexpr const char* counted =
    R"({ lines: { $each: "${cart.lines}", $as: line, $value: { sku: "${line.sku}", n: "${stock[line.sku].n?}" } } })";
constexpr const char* three = R"({"lines":[{"sku":"a"},{"sku":7},{"sku":"b"}]})";

std::string entry(const std::string& pointer, int status = 404) {
    return R"({"path":")" + pointer +
           R"(","code":"upstream_status","status":502,"upstream_status":)" +
           std::to_string(status) + "}";
}

TEST(EachJoin, FindsResultsByTheirItemsWhateverTheirPlaces) {
    const auto bench = run_each(
        compile_each_route(
            R"({ lines: { $each: "${cart.wanted}", $as: w, $value: "${stock[w].n}" } })"
        ),
        R"({"lines":[{"sku":"b"},{"sku":7},{"sku":"a"},{"sku":7}],"wanted":["7","a",7,"b","c",null]})",
        {{"/s/a", R"({"n":1})"}, {"/s/b", R"({"n":2})"}, {"/s/7", R"({"n":3})"}}
    );
    EXPECT_EQ(bench->body(), R"({"lines":[3,1,3,2,null,null]})");
}

TEST(EachJoin, JoinsWithABatchStep) {
    const auto bench = run_each(
        compile_each_route(
            joined,
            "    stock: { upstream: products, for_each: \"${cart.lines[*].sku}\", required: false, "
            "batch: { path: /s, query: { ids: \"${join(items, ',')}\" }, match: id } }\n"
        ),
        three,
        {{"/s?ids=a%2C7%2Cb", R"([{"id":"b"},{"id":7,"n":1}])"}}
    );
    EXPECT_EQ(
        bench->body(),
        R"({"lines":[{"sku":"a","stock":null},{"sku":7,"stock":{"id":7,"n":1}},)"
        R"({"sku":"b","stock":{"id":"b"}}],"errors":[)" +
            entry("/lines/0/stock") + "]}"
    );
}

TEST(EachJoin, PointsInErrorsAtThePlacesInItsElements) {
    const auto bench = run_each(compile_each_route(joined), three, {{"/s/7", "1"}});
    EXPECT_EQ(
        bench->body(),
        R"({"lines":[{"sku":"a","stock":null},{"sku":7,"stock":1},{"sku":"b","stock":null}],"errors":[)" +
            entry("/lines/0/stock") + "," + entry("/lines/2/stock") + "]}"
    );
    EXPECT_EQ(bench->field("Weft-Complete"), "false");
}

TEST(EachJoin, PointsAtAMemberThatIsLeftOutForAFailure) {
    const auto bench = run_each(compile_each_route(counted), three, {{"/s/7", R"({"n":1})"}});
    EXPECT_EQ(
        bench->body(),
        R"({"lines":[{"sku":"a"},{"sku":7,"n":1},{"sku":"b"}],"errors":[)" + entry("/lines/0/n") +
            "," + entry("/lines/2/n") + "]}"
    );
}

TEST(EachJoin, CountsTheElementsThatAreThere) {
    const auto bench = run_each(
        compile_each_route(
            R"({ lines: { $each: "${cart.lines}", $as: line, $value: [ "${line.keep?}", "${stock[line.sku].n}" ] } })"
        ),
        R"({"lines":[{"sku":"a"},{"sku":7,"keep":1}]})",
        {{"/s/a", R"({"n":1})"}}
    );
    EXPECT_EQ(bench->body(), R"({"lines":[[1],[1,null]],"errors":[)" + entry("/lines/1/1") + "]}");
}

TEST(EachJoin, GivesTheListTheLossesOfElementsThatAreLeftOut) {
    const auto bench = run_each(
        compile_each_route(
            R"({ lines: { $each: "${cart.lines}", $as: line, $value: "${stock[line.sku].n?}" } })"
        ),
        R"({"lines":[{"sku":"a"},{"sku":7},{"sku":"a"},{"sku":"b"}]})",
        {{"/s/7", R"({"n":1})"}}
    );
    EXPECT_EQ(
        bench->body(), R"({"lines":[1],"errors":[)" + entry("/lines") + "," + entry("/lines") + "]}"
    );
}

TEST(EachJoin, HasOneEntryForWhatBothTheListAndItsElementsLost) {
    const std::string steps = "    more: { upstream: users, path: /m, required: false }\n";
    for (const std::string list :
         {"${concat(cart.ids, more.ids)}", "${concat(cart.ids, more.ids?)}"}) {
        const auto bench = run_each(
            compile_each_route(
                R"({ x: { $each: ")" + list + R"(", $value: "${more.n?}" }, o: "${cart.o}" })",
                steps
            ),
            R"({"ids":[1,2]})"
        );
        EXPECT_EQ(bench->member("/errors"), "[" + entry("/x") + "]") << list;
    }
}

TEST(EachJoin, IsNullOverAListInAnElementThatIsAFailedResult) {
    const auto bench = run_each(
        compile_each_route(
            R"({ x: { $each: "${stock}", $as: s, $value: { $each: "${s.l}", $as: l, $value: "${l}" } } })"
        ),
        R"({"lines":[{"sku":"a"},{"sku":7},{"sku":"b"}]})",
        {{"/s/7", R"({"n":1})"}, {"/s/b", R"({"l":[2]})"}}
    );
    EXPECT_EQ(bench->body(), R"({"x":[null,[],[2]],"errors":[)" + entry("/x/0") + "]}");
}

TEST(EachJoin, LosesInItsListWhatFailedResultsWouldHaveGivenIt) {
    const auto bench = run_each(
        compile_each_route(
            R"({ x: { $each: "${stock[*].n}", $value: "${item}" }, y: { $each: "${stock[*].l[*]}", $value: 1 } })"
        ),
        three,
        {{"/s/7", R"({"n":1,"l":[2,3]})"}, {"/s/b", R"({"n":3})"}}
    );
    EXPECT_EQ(
        bench->body(), R"({"x":[1,3],"y":[1,1],"errors":[)" + entry("/x") + "," + entry("/y") + "]}"
    );
}

// In whatever order they stand, nothing is written of a list that is none.
TEST(EachJoin, LosesNothingInElementsBeforeAListThatIsNotThere) {
    const std::string steps = "    more: { upstream: users, path: /m, required: false }\n";
    for (const std::string list : {"concat(cart.ids, cart.none)", "concat(cart.none, cart.ids)"}) {
        const auto bench = run_each(
            compile_each_route(
                "{ x: { $each: \"${" + list + "}\", $value: \"${more.n}\" } }", steps
            ),
            R"({"ids":[1,2]})"
        );
        EXPECT_EQ(bench->body(), R"({"x":[],"errors":[)" + entry("") + "]}") << list;
    }
}

TEST(EachJoin, LosesThePlacesInElementsThatAreFailedResults) {
    const auto bench = run_each(
        compile_each_route(
            R"({ stock: { $each: "${stock}", $as: s, $value: { n: "${s.n}", m: "${s.m?}", k: 1 } }, bare: { $each: "${stock}", $as: s, $value: "${s}" }, kept: { $each: "${compact(stock)}", $as: s, $value: "${s.n}" } })"
        ),
        three,
        {{"/s/7", R"({"n":1,"m":2})"}, {"/s/b", R"({"n":3})"}}
    );
    EXPECT_EQ(
        bench->body(),
        R"({"stock":[{"n":null,"k":1},{"n":1,"m":2,"k":1},{"n":3,"k":1}],)"
        R"("bare":[null,{"n":1,"m":2},{"n":3}],"kept":[1,3],"errors":[)" +
            entry("/stock/0/n") + "," + entry("/stock/0/m") + "," + entry("/bare/0") + "," +
            entry("/kept") + "]}"
    );
}

TEST(EachJoin, ReadsTheFallbackOfAFailedResult) {
    std::string step = stock_step;
    step.insert(step.rfind(" }"), ", fallback: { n: 0 }");
    const auto bench = run_each(
        compile_each_route(R"({ x: { $each: "${stock}", $as: s, $value: "${s.n}" } })", step),
        R"({"lines":[{"sku":"a"},{"sku":"b"}]})",
        {{"/s/b", R"({"n":3})"}}
    );
    EXPECT_EQ(bench->body(), R"({"x":[0,3],"errors":[)" + entry("/x/0") + "]}");
}

TEST(EachJoin, IsNullOverAListThatFailedAsAWhole) {
    const std::string steps =
        "    more: { upstream: users, path: /m, required: false }\n"
        "    stock: { upstream: products, for_each: \"${cart.lines}\", path: \"/s/${item}\", "
        "required: false }\n";
    const auto bench = run_each(
        compile_each_route(
            R"({ a: { $each: "${more.list}", $value: "${item}" }, b: { $each: "${more.list?}", $value: "${item}" }, c: { $each: "${stock}", $value: 1 }, d: { $each: "${cart.ids}", $value: "${stock[item]}" } })",
            steps
        ),
        R"({"lines":1,"ids":[1,2]})"
    );
    const std::string no_list = R"(","code":"not_a_list","status":502})";
    EXPECT_EQ(
        bench->body(),
        R"({"a":null,"c":null,"d":[null,null],"errors":[)" + entry("/a") + "," + entry("/b") +
            R"(,{"path":"/c)" + no_list + R"(,{"path":"/d/0)" + no_list + R"(,{"path":"/d/1)" +
            no_list + "]}"
    );
}

TEST(EachJoin, EscapesThePointersOfNamesInIt) {
    const auto bench = run_each(
        compile_each_route(
            R"({ "a/b": { $each: "${cart.lines}", $as: l, $value: { "~": { x: [ 1, "${stock[l.sku]}" ] } } } })"
        ),
        R"({"lines":[{"sku":"a"}]})"
    );
    EXPECT_EQ(bench->member("/errors/0/path"), R"("/a~1b/0/~0/x/1")");
}

std::string list_of(int count, const std::string& element) {
    std::string list = "[";
    for (int i = 0; i < count; ++i) list += (i > 0 ? "," : "") + element;
    return list + "]";
}

struct CostRow {
    const char* what;
    std::string body;
    std::string cart;
};

// What a hostile service could make a template do: the product of two lists.
TEST(EachJoin, GivesUpOnLoopsThatReadTooMuch) {
    const std::string many = list_of(4'000, "1");
    const std::vector<CostRow> rows{
        {"elements that are all left out",
         R"({ x: { $each: "${cart.l}", $as: a, $value: { $each: "${cart.l}", $as: b, $value: "${b.x?}" } } })",
         R"({"l":)" + many + "}"},
        {"a list counted for each element",
         R"({ x: { $each: "${cart.l}", $as: a, $value: "${count(cart.l)}" } })",
         R"({"l":)" + many + "}"},
        {"long elements read again and again",
         R"({ x: { $each: "${cart.l}", $as: a, $value: { $each: "${cart.m}", $as: b, $value: "${b.x}" } } })",
         R"({"l":)" + many + R"(,"m":[{"y":")" + std::string(10'000, 'y') + "\"}]}"},
        {"an answer that is too large",
         R"({ x: { $each: "${cart.l}", $as: a, $value: "${cart.m}" } })",
         R"({"l":)" + many + R"(,"m":")" + std::string(10'000, 'y') + "\"}"},
    };
    for (const CostRow& row : rows) {
        const auto route = compile_each_route(row.body, "", "limits: { max_answer: 1MiB }\n");
        const auto bench = run_each(route, row.cart);
        EXPECT_EQ(bench->status(), 502) << row.what;
        EXPECT_EQ(bench->member("/code"), R"("response_invalid")") << row.what;
    }
}

TEST(EachJoin, LooksUpForEachOfManyElements) {
    const auto bench = run_each(
        compile_each_route(R"({ x: { $each: "${cart.l}", $as: a, $value: "${stock[a].n}" } })"),
        R"({"lines":[{"sku":1},{"sku":2}],"l":)" + list_of(100'000, "2") + "}",
        {{"/s/1", R"({"n":1})"}, {"/s/2", R"({"n":7})"}}
    );
    EXPECT_EQ(bench->status(), 200);
    EXPECT_EQ(bench->body(), R"({"x":)" + list_of(100'000, "7") + "}");
}

// As long as what is spliced elsewhere.
TEST(EachJoin, KeepsAListOfErrorsHoweverLongItIs) {
    std::string lines = R"({"sku":"a"})";
    std::string errors = entry("/lines/0/stock");
    for (int i = 1; i < 1000; ++i) {
        lines += R"(,{"sku":"a"})";
        errors += "," + entry("/lines/" + std::to_string(i) + "/stock");
    }
    const auto bench = run_each(compile_each_route(joined), R"({"lines":[)" + lines + "]}");
    EXPECT_TRUE(bench->body().ends_with(R"("errors":[)" + errors + "]}"));
}

}  // namespace
}  // namespace weft::test
