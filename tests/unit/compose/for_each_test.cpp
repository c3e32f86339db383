#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/order_and_products.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

std::string numbers(int count) {
    std::string list = "[";
    for (int i = 0; i < count; ++i) list += (i > 0 ? "," : "") + std::to_string(i);
    return list + "]";
}

void answer_each_with_its_target(Bench& bench) {
    for (std::size_t i = 1; i < bench.source.targets().size(); ++i) {
        const std::string target = bench.source.targets()[i];
        bench.source.answer(target, "\"" + target + "\"");
    }
}

TEST(ForEach, GivesOneResultForEachItemInTheirOrder) {
    for (const int count : {0, 1, 2, 100}) {
        Bench bench{build_route(order_and(products), response)};
        start_with(bench, numbers(count));
        answer_each_with_its_target(bench);
        std::string expected;
        for (int i = 0; i < count; ++i)
            expected += (i > 0 ? ",\"/p/" : "\"/p/") + std::to_string(i) + "\"";
        EXPECT_EQ(bench.body(), R"({"products":[)" + expected + "]}");
        EXPECT_LE(bench.source.most_at_once(), 16U);
    }
}

TEST(ForEach, KeepsTheOrderOfTheItemsWhateverTheOrderOfTheAnswers) {
    Bench bench{build_route(order_and(products), response)};
    start_with(bench, "[1,2,3]");
    for (const char* target : {"/p/3", "/p/1", "/p/2"})
        bench.source.answer(target, std::string{"\""} + target + "\"");
    EXPECT_EQ(bench.body(), R"({"products":["/p/1","/p/2","/p/3"]})");
}

TEST(ForEach, MakesNoCallForMoreItemsThanAllowed) {
    Bench bench{build_route(order_and(products), response)};
    start_with(bench, numbers(101));
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/code"), R"("too_many_items")");
    EXPECT_EQ(bench.source.targets().size(), 1U);
}

TEST(ForEach, CountsEqualItemsOnce) {
    StepSpec three = products;
    three.max_items = 3;
    Bench bench{build_route(order_and(three), response)};
    start_with(bench, R"([1,"1",2,1,3,2,1])");
    EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/p/1", "/p/2", "/p/3"));
    for (const char* id : {"1", "2", "3"}) bench.source.answer(std::string{"/p/"} + id, id);
    EXPECT_EQ(bench.body(), R"({"products":[1,1,2,1,3,2,1]})");
}

TEST(ForEach, KeepsCallsApartThatDifferInAHeaderOnly) {
    StepSpec step = products;
    step.path = "/p";
    step.headers = {{"x-id", "${item}"}};
    Bench bench{build_route(order_and(step), response)};
    start_with(bench, "[1,2,1]");
    EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/p", "/p"));
    bench.source.answer("/p", "1");
    bench.source.answer("/p", "2");
    EXPECT_EQ(bench.body(), R"({"products":[1,2,1]})");
}

TEST(ForEach, KeepsNoMoreCallsInFlightThanAllowed) {
    for (const std::uint32_t at_once : {1U, 2U, 5U}) {
        StepSpec step = products;
        step.max_concurrency = at_once;
        Bench bench{build_route(order_and(step), response)};
        start_with(bench, numbers(9));
        EXPECT_EQ(bench.source.running(), at_once);
        answer_each_with_its_target(bench);
        EXPECT_EQ(bench.source.most_at_once(), at_once);
        EXPECT_EQ(bench.status(), 200);
    }
}

struct ListRow {
    const char* what;
    std::string order;
    std::string list;
    std::string body;  // or the code of the problem
};

TEST(ForEach, TakesNullAsEmptyAndNothingElseForAList) {
    const std::vector<ListRow> rows{
        {"empty", R"({"ids":[]})", "order.ids", R"({"products":[]})"},
        {"null", R"({"ids":null})", "order.ids", R"({"products":[]})"},
        {"absent", "{}", "order.ids", R"("missing_input")"},
        {"absent with `?`", "{}", "order.ids?", R"({"products":[]})"},
        {"a number", R"({"ids":1})", "order.ids", R"("not_a_list")"},
        {"a string", R"({"ids":"[1]"})", "order.ids", R"("not_a_list")"},
        {"an object", R"({"ids":{"0":1}})", "order.ids?", R"("not_a_list")"},
        {"the whole body", "[1]", "order", R"({"products":["/p/1"]})"},
        {"plural",
         R"({"l":[{"id":1},{},{"id":2}]})",
         "order.l[*].id",
         R"({"products":["/p/1","/p/2"]})"},
        {"plural of lists",
         R"({"l":[{"i":[1,2]},{"i":[]},{"i":[3]}]})",
         "order.l[*].i[*]",
         R"({"products":["/p/1","/p/2","/p/3"]})"},
        {"plural of an empty list", R"({"l":[]})", "order.l[*].id", R"({"products":[]})"},
        {"plural of nothing", "{}", "order.l[*].id", R"("missing_input")"},
        {"plural of nothing with `?`", "{}", "order.l[*].id?", R"({"products":[]})"},
        {"plural of an object", R"({"l":{"id":1}})", "order.l[*].id", R"("not_a_list")"},
        {"plural of the body", R"([{"id":1}])", "order[*].id", R"({"products":["/p/1"]})"},
    };
    for (const ListRow& row : rows) {
        StepSpec step = products;
        step.for_each = row.list;
        Bench bench{build_route(order_and(step), response)};
        bench.start();
        bench.source.answer("/o", row.order);
        answer_each_with_its_target(bench);
        const std::string got = bench.status() == 200 ? bench.body() : bench.member("/code");
        EXPECT_EQ(got, row.body) << row.what;
    }
}

TEST(ForEach, OverTheRequestBlamesTheClient) {
    StepSpec step = products;
    struct Row {
        std::string list;
        std::string query;
        std::string body;
        int status;
    };
    const std::vector<Row> rows{
        {"request.query.id", "id=1&id=2", "", 200},
        {"request.query.id", "id=1", "", 200},
        {"request.query.id", "", "", 400},
        {"request.query.id?", "", "", 200},
        {"request.query.id", "id=1&id=..", "", 400},
        {"request.body.ids", "", R"({"ids":[1,2]})", 200},
        {"request.body.ids", "", R"({"ids":1})", 400},
        {"request.body.ids", "", R"({"ids":[1,null]})", 400},
        {"request.body[*].id", "", R"([{"id":1}])", 200},
        {"request.body[*].id", "", "", 400},
        {"request.body[*].id", "", "{}", 400},
    };
    for (const Row& row : rows) {
        step.for_each = row.list;
        Bench bench{build_route({step}, response), {.query = row.query, .body = row.body}};
        bench.run({{"/p/1", "1"}, {"/p/2", "2"}});
        EXPECT_EQ(bench.status(), row.status) << row.list << " " << row.query << row.body;
        if (row.status == 400) {
            EXPECT_TRUE(bench.source.targets().empty());
        }
    }
}

TEST(ForEach, SendsItsTextAsItStandsInTheSource) {
    Bench bench{build_route(order_and(products), response)};
    start_with(
        bench, R"([9007199254740993,1000000000000000000000000000000,1e400,-0,true,"\u00e9\/"])"
    );
    EXPECT_THAT(
        bench.source.targets(),
        ElementsAre(
            "/o",
            "/p/9007199254740993",
            "/p/1000000000000000000000000000000",
            "/p/1e400",
            "/p/-0",
            "/p/true",
            "/p/%C3%A9%2F"
        )
    );
}

TEST(ForEach, KnowsTheIndexOfEachItem) {
    StepSpec step = products;
    step.query = {{"n", "${index}"}};
    Bench bench{build_route(order_and(step), response)};
    start_with(bench, "[7,7]");
    EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/p/7?n=0", "/p/7?n=1"));
}

TEST(ForEach, AtTheDeadlineLosesWhatIsNotInYet) {
    StepSpec step = optional_products();
    step.max_concurrency = 2;
    Bench bench{build_route(order_and(step), response)};
    start_with(bench, "[1,2,3,4]");
    bench.source.answer("/p/2", "2");
    bench.composition().expire();
    EXPECT_EQ(bench.source.cancelled(), 2U);
    EXPECT_EQ(bench.source.targets().size(), 4U) << "the last item is not asked for";
    const auto lost = [](int i) {
        return R"({"path":"/products/)" + std::to_string(i) +
               R"(","code":"deadline","status":504})";
    };
    EXPECT_EQ(
        bench.body(),
        R"({"products":[null,2,null,null],"errors":[)" + lost(0) + "," + lost(2) + "," + lost(3) +
            "]}"
    );
}

TEST(ForEach, OfAHostileListOfBadItemsStaysWithinTheLimits) {
    auto route = build_route(order_and(optional_products()), response);
    route->limits.max_answer = 300'000;
    Bench bench{route};
    std::string ids = "[\"..\"";
    for (int i = 0; i < 50'000; ++i) ids += ",[]";
    start_with(bench, ids + "]");
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/code"), R"("response_invalid")");
}

TEST(ForEach, RefusesAnItemThatSaysTwiceWhatIsRead) {
    StepSpec step = optional_products();
    step.path = "/p/${item.id}";
    Bench bench{build_route(order_and(step), response)};
    start_with(bench, R"([{"id":1,"id":2},{"id":3,"x":1,"x":2}])");
    bench.source.answer("/p/3", "3");
    EXPECT_EQ(
        bench.body(),
        R"({"products":[null,3],"errors":[{"path":"/products/0","code":"upstream_json","status":502}]})"
    );
}

}  // namespace
}  // namespace weft::test
