// Routes from their YAML to the answer: what config/ reads and plan/ compiles is what a run takes
// it for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"
#include "places.hpp"
#include "plan/compile.hpp"
#include "unit/compose/bench.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;

std::shared_ptr<const Snapshot> compile_file(const std::string& path) {
    Diagnostics diagnostics;
    const auto no_environment = [](const std::string&) { return std::optional<std::string>{}; };
    const WrittenGateway written = load(source_tree() + "/" + path, no_environment, diagnostics);
    auto snapshot = compile(written, diagnostics);
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        if (diagnostic.severity == Severity::error) {
            ADD_FAILURE() << diagnostics.to_string(diagnostic);
        }
    }
    return snapshot;
}

constexpr const char* shipped = "config/gateway.yaml";

TEST(CompiledRoute, OrderDetailsIsComposedOfThreeServices) {
    Bench bench{compile_file(shipped), {.path = {{"id", "o-7"}}}, "order-details"};
    bench.start();
    bench.source.answer("/orders/o-7", R"({"user_id":"u-1","product_ids":["p-1","p-2","p-1"]})");
    EXPECT_THAT(
        bench.source.targets(), ElementsAre("/orders/o-7", "/users/u-1", "/products?ids=p-1%2Cp-2")
    );
    bench.source.answer("/products?ids=p-1%2Cp-2", R"([{"id":"p-2"},{"id":"p-1","n":1}])");
    bench.source.answer("/users/u-1", R"({"name":"Ann"})");
    EXPECT_EQ(
        bench.body(),
        R"({"order":{"user_id":"u-1","product_ids":["p-1","p-2","p-1"]},"user":{"name":"Ann"},)"
        R"("products":[{"id":"p-1","n":1},{"id":"p-2"},{"id":"p-1","n":1}]})"
    );
}

TEST(CompiledRoute, OrderDetailsAsksForOneProductByItself) {
    Bench bench{compile_file(shipped), {.path = {{"id", "o-7"}}}, "order-details"};
    bench.run(
        {{"/orders/o-7", R"({"user_id":"u-1","product_ids":["p-1","p-1"]})"},
         {"/users/u-1", "{}"},
         {"/products/p-1", R"({"id":"p-1"})"}}
    );
    EXPECT_EQ(bench.member("/products"), R"([{"id":"p-1"},{"id":"p-1"}])");
}

TEST(CompiledRoute, OrderLinesAreJoinedWithTheirProducts) {
    Bench bench{compile_file(shipped), {.path = {{"id", "o-7"}}}, "order-lines"};
    bench.run(
        {{"/orders/o-7",
          R"({"id":"o-7","status":"paid","items":[{"product_id":"p-2","quantity":3,"unit_price_cents":20},)"
          R"({"product_id":"p-9","quantity":1,"unit_price_cents":10}]})"},
         {"/products?ids=p-2%2Cp-9", R"([{"id":"p-2","name":"lamp","price_cents":25}])"}}
    );
    EXPECT_EQ(
        bench.body(),
        R"({"order":"o-7","status":"paid","lines":[)"
        R"({"product":"p-2","name":"lamp","quantity":3,"unit_price_cents":20,"list_price_cents":25},)"
        R"({"product":"p-9","name":null,"quantity":1,"unit_price_cents":10,"list_price_cents":null}],)"
        R"("errors":[{"path":"/lines/1/name","code":"upstream_status","status":502,"upstream_status":404},)"
        R"({"path":"/lines/1/list_price_cents","code":"upstream_status","status":502,"upstream_status":404}]})"
    );
}

TEST(CompiledRoute, OrderDetailsPassesTheOrdersNotFoundOnAndNotTheUsers) {
    Bench missing{compile_file(shipped), {.path = {{"id", "o-0"}}}, "order-details"};
    missing.run({});
    EXPECT_EQ(missing.status(), 404);

    Bench partial{compile_file(shipped), {.path = {{"id", "o-7"}}}, "order-details"};
    partial.run({{"/orders/o-7", R"({"user_id":"u-1","product_ids":[]})"}});
    EXPECT_EQ(partial.status(), 200);
    EXPECT_EQ(
        partial.member("/errors"),
        R"([{"path":"/user","code":"upstream_status","status":502,"upstream_status":404}])"
    );
}

TEST(CompiledRoute, UserDashboardAsksForTheProductsOfAllOrders) {
    Bench bench{compile_file(shipped), {.path = {{"id", "u-1"}}}, "user-dashboard"};
    bench.run(
        {{"/users/u-1", "{}"},
         {"/orders?user_id=u-1&limit=30",
          R"([{"product_ids":["p-1","p-2"]},{"product_ids":["p-2"]}])"},
         {"/products?ids=p-1%2Cp-2", R"([{"id":"p-1"},{"id":"p-2","n":2}])"}}
    );
    EXPECT_EQ(bench.member("/products"), R"([{"id":"p-1"},{"id":"p-2","n":2},{"id":"p-2","n":2}])");
}

TEST(CompiledRoute, MeansWhatItsExpressionsSay) {
    Bench bench{
        compile_file("tests/unit/compose/config/gateway.yaml"),
        {.path = {{"id", "o-1"}}, .query = "lang=de", .body = R"({"ids":[{"id":"x"},{"id":"y"}]})"},
        "everything"};
    bench.run(
        {{"/orders/o-1?lang=de&kind=a%20b",
          R"({"id":"o-1","lines":[{"product_id":1},{},{"product_id":2}]})"},
         {"/products/1", R"({"id":11,"name":"a b"})"},
         {"/labels/11", "\"eleven\""},
         {"/labels/0", "\"zero\""},
         {"/products/x/0", "\"x\""},
         {"/products/y/1", "\"y\""}}
    );
    ASSERT_EQ(bench.status(), 200) << bench.body();
    const std::string status_404 =
        R"("code":"upstream_status","status":502,"upstream_status":404})";
    EXPECT_EQ(
        bench.body(),
        R"({"order":{"id":"o-1","text":"#o-1 of POST"},)"
        R"("products":[{"id":11,"name":"a b"},{"id":0,"name":"none"}],"labels":["eleven","zero"],)"
        R"("wanted":["x","y"],"first":null,"a/b~c":[null,1.50,null],"errors":[{"path":"/products/1",)" +
            status_404 + R"(,{"path":"/first",)" + status_404 + R"(,{"path":"/a~1b~0c/0",)" +
            status_404 + "]}"
    );
    ASSERT_EQ(bench.source.call(0).headers.size(), 1U);
    EXPECT_EQ(bench.source.call(0).headers[0].value(), "t-r-1");
}

TEST(CompiledRoute, WithoutARequestBodyTakesAnOptionalListForEmpty) {
    Bench bench{
        compile_file("tests/unit/compose/config/gateway.yaml"),
        {.path = {{"id", "o-1"}}},
        "everything"};
    bench.run({{"/orders/o-1?kind=a%20b", R"({"id":"o-1","note":null,"lines":[]})"}});
    EXPECT_EQ(bench.member("/wanted"), "[]");
    EXPECT_EQ(bench.member("/order"), R"({"id":"o-1","text":"#o-1 of POST"})");
    EXPECT_EQ(bench.member("/first"), "null");
}

}  // namespace
}  // namespace weft::test
