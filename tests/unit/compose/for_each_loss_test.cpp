// What becomes of the items of a for_each step that fail, are refused or are not in by the
// deadline.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/order_and_products.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

TEST(ForEach, OfARequiredStepFailsWithItsFirstItemAndCancelsTheOthers) {
    Bench bench{build_route(order_and(products), response)};
    start_with(bench, "[1,2,3]");
    bench.source.answer("/p/2", 404, "");
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.source.cancelled(), 2U);
    EXPECT_EQ(bench.member("/step"), R"("products")");
}

TEST(ForEach, OfARequiredStepMakesNoCallIfAnItemIsRefused) {
    for (const char* ids : {R"([1,".."])", R"([1,""])", "[1,null]", "[1,[2]]", "[1,{}]"}) {
        Bench bench{build_route(order_and(products), response)};
        start_with(bench, ids);
        EXPECT_EQ(bench.status(), 502) << ids;
        EXPECT_EQ(bench.source.targets().size(), 1U) << ids;
    }
}

// In whatever order they stand.
TEST(ForEach, OfSeveralListsFailsForOneThatIsNoneBeforeItDoesForAnItem) {
    struct Row {
        std::string order;
        std::string code;
    };
    const std::vector<Row> rows{
        {R"({"ids":["a",".."],"more":7})", R"("not_a_list")"},
        {R"({"ids":["a",".."]})", R"("missing_input")"},
        {R"({"ids":["a",".."],"more":[]})", R"("invalid_value")"},
        {R"({"ids":["a","b","c","d"],"more":7})", R"("not_a_list")"},
        {R"({"ids":["a","b","c","d"],"more":null})", R"("too_many_items")"},
    };
    for (const char* list : {"concat(order.ids, order.more)", "concat(order.more, order.ids)"}) {
        const auto route = compile_routes(
            "r:\n  path: /r\n  steps:\n    order: { upstream: orders, path: /o }\n"
            "    products: { upstream: products, for_each: \"${" +
            std::string{list} +
            "}\", path: \"/p/${item}\", max_items: 3 }\n"
            "  response: { body: { products: \"${products}\" } }\n"
        );
        for (const Row& row : rows) {
            Bench bench{route};
            bench.run({{"/o", row.order}});
            EXPECT_EQ(bench.member("/code"), row.code) << list << row.order;
        }
    }
}

TEST(ForEach, OfAnOptionalStepLosesOnlyTheItemsThatFailed) {
    Bench bench{build_route(order_and(optional_products()), response)};
    start_with(bench, R"([1,"..",null,2,2,".."])");
    EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/p/1", "/p/2"));
    bench.source.answer("/p/2", 404, "");
    bench.source.answer("/p/1", "1");
    const std::string status_404 =
        R"("code":"upstream_status","status":502,"upstream_status":404})";
    EXPECT_EQ(
        bench.body(),
        R"({"products":[1,null,null,null,null,null],"errors":[)"
        R"({"path":"/products/1","code":"invalid_value","status":502},)"
        R"({"path":"/products/2","code":"missing_input","status":502},)"
        R"({"path":"/products/3",)" +
            status_404 + "," + R"({"path":"/products/4",)" + status_404 + "," +
            R"({"path":"/products/5","code":"invalid_value","status":502}]})"
    );
}

TEST(ForEach, PutsTheFallbackInThePlaceOfEachItemThatFailed) {
    StepSpec step = optional_products();
    step.fallback = R"({"id":0})";
    Bench bench{build_route(
        {{.name = "order", .path = "/o"},
         step,
         {.name = "next", .path = "/n/${item.id}", .for_each = "products"}},
        R"({"products":"${products}","second":"${products[1].id}","next":"${next}"})"
    )};
    start_with(bench, "[1,2]");
    bench.source.answer("/p/1", R"({"id":10})");
    bench.source.answer("/p/2", 500, "");
    bench.source.answer("/n/10", "1");
    bench.source.answer("/n/0", "2");
    const std::string status_500 =
        R"("code":"upstream_status","status":502,"upstream_status":500})";
    EXPECT_EQ(
        bench.body(),
        R"({"products":[{"id":10},{"id":0}],"second":0,"next":[1,2],"errors":[{"path":"/products/1",)" +
            status_500 + R"(,{"path":"/second",)" + status_500 + "]}"
    );
}

TEST(ForEach, ThatFailsAsAWholeIsNullWhateverItsFallback) {
    StepSpec step = optional_products();
    step.fallback = "[]";
    Bench bench{build_route(
        {{.name = "order", .path = "/o"},
         step,
         {.name = "next", .path = "/n/${item.id}", .required = false, .for_each = "products"}},
        R"({"products":"${products}","next":"${next}"})"
    )};
    start_with(bench, "7");
    EXPECT_EQ(
        bench.body(),
        R"({"products":null,"next":null,"errors":[{"path":"/products","code":"not_a_list","status":502}]})"
    );
}

TEST(ForEach, OverResultsSkipsTheLostOnesWithoutASecondEntry) {
    Bench bench{build_route(
        {{.name = "order", .path = "/o"},
         optional_products(),
         {.name = "next", .path = "/n/${item.id}", .required = false, .for_each = "products"},
         {.name = "below", .path = "/b/${item}", .required = false, .for_each = "products[*].id"}},
        R"({"next":"${next}","below":"${below}"})"
    )};
    start_with(bench, "[1,2,3,4]");
    bench.source.answer("/p/1", R"({"id":10})");
    bench.source.answer("/p/2", 404, "");
    bench.source.answer("/p/3", "");
    bench.source.answer("/p/4", R"({"id":40})");
    for (const char* id : {"10", "40"}) {
        bench.source.answer(std::string{"/n/"} + id, id);
        bench.source.answer(std::string{"/b/"} + id, id);
    }
    EXPECT_EQ(
        bench.body(),
        R"({"next":[10,null,null,40],"below":[10,40],"errors":[)"
        R"({"path":"/next/2","code":"missing_input","status":502},)"
        R"({"path":"","code":"upstream_status","status":502,"upstream_status":404}]})"
    );
}

TEST(ForEach, OfWhichOneResultIsReadSkipsTheReaderIfThatOneFailed) {
    Bench bench{build_route(
        {{.name = "order", .path = "/o"},
         optional_products(),
         {.name = "first", .path = "/f/${products[0].id}"},
         {.name = "second", .path = "/s/${products[1].id}"}},
        R"({"first":"${first}","second":"${second}","p":"${products[0].id}","none":"${products[9]}"})"
    )};
    start_with(bench, "[1,2]");
    bench.source.answer("/p/1", R"({"id":10})");
    bench.source.answer("/p/2", 404, "");
    bench.source.answer("/f/10", "1");
    EXPECT_EQ(
        bench.body(),
        R"({"first":1,"second":null,"p":10,"none":null,"errors":[{"path":"","code":"upstream_status","status":502,"upstream_status":404}]})"
    );
}

}  // namespace
}  // namespace weft::test
