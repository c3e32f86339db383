// What becomes of the items of a batch step whose call or row fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/batch_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

constexpr const char* both = "/p?ids=1%2C2";

std::string entry(int place, const std::string& what) {
    return R"({"path":"/products/)" + std::to_string(place) + R"(","code":)" + what + "}";
}

struct FailureRow {
    const char* what;
    std::function<void(Bench&)> fail;
    std::string entry;
    std::uint16_t status;
};

std::vector<FailureRow> failures() {
    return {
        {"500",
         [](Bench& bench) { bench.source.answer(both, 500, "[]"); },
         R"("upstream_status","status":502,"upstream_status":500)",
         502},
        {"404",
         [](Bench& bench) { bench.source.answer(both, 404, ""); },
         R"("upstream_status","status":502,"upstream_status":404)",
         502},
        {"refused",
         [](Bench& bench) { bench.source.end(both, Failure{FailureKind::connection_refused}); },
         R"("upstream_refused","status":502)",
         502},
        {"timeout",
         [](Bench& bench) { bench.source.end(both, Failure{FailureKind::read_timeout}); },
         R"("upstream_timeout","status":504)",
         504},
        {"the route's deadline",
         [](Bench& bench) { bench.composition().expire(); },
         R"("deadline","status":504)",
         504},
        {"bad JSON",
         [](Bench& bench) { bench.source.answer(both, "[1,]"); },
         R"("upstream_json","status":502)",
         502},
        {"no row",
         [](Bench& bench) { bench.source.answer(both, "[]"); },
         R"("upstream_status","status":502,"upstream_status":404)",
         502},
    };
}

TEST(BatchFailure, OfACallIsThatOfEachOfItsItems) {
    for (const FailureRow& row : failures()) {
        const auto bench = start_batch(optional_batch(), "[1,2,1]");
        row.fail(*bench);
        ASSERT_TRUE(bench->answered()) << row.what;
        EXPECT_EQ(bench->status(), 200);
        EXPECT_EQ(
            bench->body(),
            R"({"products":[null,null,null],"errors":[)" + entry(0, row.entry) + "," +
                entry(1, row.entry) + "," + entry(2, row.entry) + "]}"
        ) << row.what;
        EXPECT_FALSE(bench->record.complete);
    }
}

TEST(BatchFailure, OfARequiredStepIsTheAnswer) {
    for (const FailureRow& row : failures()) {
        const auto bench = start_batch({}, "[1,2]");
        row.fail(*bench);
        ASSERT_TRUE(bench->answered()) << row.what;
        EXPECT_EQ(bench->status(), row.status) << row.what;
        EXPECT_EQ(bench->member("/step"), R"("products")") << row.what;
    }
}

TEST(BatchFailure, OfOneCallLeavesTheOtherCallsItemsAlone) {
    BatchRoute route = optional_batch();
    route.batch += ", max_size: 2";
    const auto bench = start_batch(route, "[1,2,3,4]");
    bench->source.answer("/p?ids=3%2C4", 503, "");
    bench->source.answer(both, R"([{"id":2},{"id":1}])");
    EXPECT_EQ(bench->member("/products"), R"([{"id":1},{"id":2},null,null])");
    EXPECT_EQ(bench->member("/errors/0/path"), R"("/products/2")");
}

TEST(BatchFailure, OfARequiredStepCancelsTheOtherCalls) {
    BatchRoute route;
    route.batch += ", max_size: 1";
    const auto bench = start_batch(route, "[1,2,3]");
    bench->source.answer("/p?ids=2", 500, "");
    EXPECT_EQ(bench->status(), 502);
    EXPECT_EQ(bench->source.cancelled(), 2U);
}

TEST(BatchFailure, NotYetKnownWhenTheClientIsGoneCancelsTheCall) {
    const auto bench = start_batch({}, "[1,2]");
    bench->composition().cancel();
    EXPECT_EQ(bench->source.cancelled(), 1U);
    EXPECT_FALSE(bench->answered());
}

TEST(BatchFailure, LeavesWhatIsInByTheDeadline) {
    BatchRoute route = optional_batch();
    route.step += ", max_concurrency: 2";
    route.batch += ", max_size: 1";
    const auto bench = start_batch(route, "[1,2,3]");
    bench->source.answer("/p?ids=1", R"([{"id":1}])");
    bench->composition().expire();
    EXPECT_EQ(bench->member("/products"), R"([{"id":1},null,null])");
    EXPECT_EQ(bench->member("/errors/1/code"), R"("deadline")");
    EXPECT_EQ(bench->source.cancelled(), 2U);
}

TEST(BatchFailure, OfAnItemLetsTheFallbackTakeItsPlace) {
    BatchRoute route = optional_batch();
    route.step += R"(, fallback: { id: 0, name: "none" })";
    route.body = R"({ products: "${products}", name: "${products[1].name}" })";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer(both, R"([{"id":1,"name":"one"}])");
    EXPECT_EQ(bench->member("/products"), R"([{"id":1,"name":"one"},{"id":0,"name":"none"}])");
    EXPECT_EQ(bench->member("/name"), R"("none")");
    EXPECT_EQ(bench->member("/errors/0/path"), R"("/products/1")");
}

TEST(BatchFailure, OfAMissingRowIsTheClientsIfOnlyItsRequestNamedTheItem) {
    BatchRoute route;
    route.list = "${request.query.id}";
    route.body = R"([ "${products}", "${order}" ])";
    Bench bench{compile_batch_route(route), {.path = {{"id", "1"}}, .query = "id=1&id=2"}};
    bench.start();
    bench.source.answer("/p?ids=1%2C2", R"([{"id":1}])");
    EXPECT_EQ(bench.status(), 404);
}

TEST(BatchFailure, OfAMissingRowIsNoneWithNullOn) {
    BatchRoute route;
    route.step += ", null_on: [404]";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer(both, R"([{"id":2}])");
    EXPECT_EQ(bench->body(), R"({"products":[null,{"id":2}]})");
    EXPECT_TRUE(bench->record.complete);
    // The service's own 404 is that of each item.
    const auto none = start_batch(route, "[1,2]");
    none->source.answer(both, 404, "");
    EXPECT_EQ(none->body(), R"({"products":[null,null]})");
}

TEST(BatchFailure, OfAMissingRowIsWhatOnStatusSays) {
    BatchRoute route;
    route.step += ", on_status: { 404: 410, 5xx: 503 }";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer(both, R"([{"id":2}])");
    EXPECT_EQ(bench->status(), 410);
    const auto down = start_batch(route, "[1,2]");
    down->source.answer(both, 500, "");
    EXPECT_EQ(down->status(), 503);
}

TEST(BatchFailure, IsNoneForAStatusThatIsASuccess) {
    BatchRoute route = optional_batch();
    route.step += ", success: [404, 2xx]";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer(both, 404, R"([{"id":2}])");
    EXPECT_EQ(bench->body(), R"({"products":[null,{"id":2}]})");
}

TEST(BatchFailure, TakesOnlyItsShareOfWhatARunMayHold) {
    auto route = std::const_pointer_cast<Snapshot>(compile_batch_route({}));
    route->limits.max_answer = 50;
    Bench bench{route, {.path = {{"id", "1"}}}};
    bench.start();
    bench.source.answer("/o", R"({"ids":[1,2]})");
    bench.source.answer(both, R"([{"id":1},{"id":2,"x":"...................."}])");
    EXPECT_EQ(bench.status(), 502);
    EXPECT_EQ(bench.member("/code"), R"("upstream_too_large")");
}

TEST(BatchFailure, OfAnItemSkipsItInTheStepThatLoopsOverTheResults) {
    BatchRoute route = optional_batch();
    route.more =
        "    next: { upstream: users, for_each: \"${products}\", max_items: 9, path: "
        "\"/u/${item.owner}\", "
        "required: false }\n";
    route.body = R"({ products: "${products}", next: "${next}" })";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer(both, R"([{"id":2,"owner":"b"}])");
    bench->source.answer("/u/b", "\"B\"");
    EXPECT_EQ(bench->member("/next"), R"([null,"B"])");
    EXPECT_EQ(bench->member("/errors/1"), "absent");
}

}  // namespace
}  // namespace weft::test
