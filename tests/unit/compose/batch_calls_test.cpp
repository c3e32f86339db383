// Which calls a batch step makes for which items.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compose/batch_filler.hpp"
#include "compose/escape.hpp"
#include "unit/compose/batch_route.hpp"

namespace weft::test {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

struct CallsRow {
    const char* what;
    std::string ids;
    std::vector<std::string> targets;  // after that of the order
};

std::vector<std::string> after_the_order(const Bench& bench) {
    std::vector<std::string> targets = bench.source.targets();
    targets.erase(targets.begin());
    return targets;
}

TEST(BatchCalls, AreMadeForTwoOrMoreDifferentItems) {
    const std::vector<CallsRow> rows{
        {"none", "[]", {}},
        {"null for a list", "null", {}},
        {"one", "[7]", {"/p/7"}},
        {"one, often", R"([7,"7",7,"\u0037"])", {"/p/7"}},
        {"two", "[1,2]", {"/p?ids=1%2C2"}},
        {"in the order they are first wanted", R"(["b",1,"a","1","b"])", {"/p?ids=b%2C1%2Ca"}},
        {"numbers are their text", "[1.0,1,1e0]", {"/p?ids=1.0%2C1%2C1e0"}},
        {"true and false", "[true,false]", {"/p?ids=true%2Cfalse"}},
        {"escaped", R"(["a b&c","é"])", {"/p?ids=a%20b%26c%2C%C3%A9"}},
    };
    for (const CallsRow& row : rows) {
        EXPECT_EQ(after_the_order(*start_batch({}, row.ids)), row.targets) << row.what;
    }
}

TEST(BatchCalls, AreMadeForOneItemIfTheStepHasNoPath) {
    BatchRoute route;
    route.step = "timeout: 1s";
    EXPECT_THAT(after_the_order(*start_batch(route, "[7,7]")), ElementsAre("/p?ids=7"));
}

TEST(BatchCalls, HoldAtMostMaxSizeItemsEachFilledBeforeTheNext) {
    BatchRoute route;
    route.batch += ", max_size: 2";
    EXPECT_THAT(
        after_the_order(*start_batch(route, "[5,4,5,3,2,1]")),
        ElementsAre("/p?ids=5%2C4", "/p?ids=3%2C2", "/p?ids=1")
    );
    route.batch = "match: id, max_size: 1";
    EXPECT_THAT(after_the_order(*start_batch(route, "[1,2]")), ElementsAre("/p?ids=1", "/p?ids=2"));
}

std::string list_of(const std::vector<std::string>& items) {
    std::string list;
    for (const std::string& item : items) list += (list.empty() ? "[\"" : ",\"") + item + '"';
    return list + "]";
}

// What `count` items from `first` on would be asked for with.
std::string target_of(const std::vector<std::string>& items, std::size_t first, std::size_t count) {
    std::string target = "/p?ids=";
    for (std::size_t i = first; i < std::min(first + count, items.size()); ++i) {
        if (i > first) target += "%2C";
        for (const char c : items[i]) target += c == '/' ? "%2F" : std::string{c};
    }
    return target;
}

std::size_t value_size(
    const std::vector<std::string>& items, std::size_t first, std::size_t count
) {
    std::size_t size = count - 1;
    for (std::size_t i = first; i < first + count; ++i) size += items[i].size();
    return size;
}

// Items of many sizes; `filler` is what they are made of.
std::vector<std::string> long_items(char filler) {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < 90; ++i) {
        items.push_back(std::to_string(i) + std::string(1 + i * 37 % 211, filler));
    }
    return items;
}

TEST(BatchCalls, AreAsFullAsATargetOf8KiBAndAQueryValueMayBe) {
    for (const char filler : {'x', '/'}) {
        const std::vector<std::string> items = long_items(filler);
        const auto bench = start_batch({}, list_of(items));
        std::size_t first = 0;
        for (const std::string& target : after_the_order(*bench)) {
            std::size_t count = 1;
            while (target_of(items, first, count).size() < target.size()) ++count;
            ASSERT_EQ(target, target_of(items, first, count));
            EXPECT_LE(target.size(), max_batch_target);
            EXPECT_LE(value_size(items, first, count), max_query_value);
            first += count;
            if (first == items.size()) break;
            EXPECT_TRUE(
                target_of(items, first - count, count + 1).size() > max_batch_target ||
                value_size(items, first - count, count + 1) > max_query_value
            );
        }
        EXPECT_EQ(first, items.size());
        EXPECT_GT(bench->source.targets().size(), 3U);
    }
}

TEST(BatchCalls, AreBoundedByDifferentItemsAndNoneIsMadeForMore) {
    BatchRoute route;
    route.step += ", max_items: 3";
    EXPECT_THAT(
        after_the_order(*start_batch(route, R"([1,2,3,1,"2",3,1])")),
        ElementsAre("/p?ids=1%2C2%2C3")
    );
    const auto bench = start_batch(route, "[1,2,3,4]");
    EXPECT_THAT(after_the_order(*bench), SizeIs(0));
    EXPECT_EQ(bench->member("/code"), R"("too_many_items")");
}

TEST(BatchCalls, AreWhatMaxConcurrencyCounts) {
    BatchRoute route;
    route.step += ", max_concurrency: 2";
    route.batch += ", max_size: 1";
    const auto bench = start_batch(route, "[1,2,3,4,5]");
    EXPECT_EQ(bench->source.running(), 2U);
    for (const char* id : {"2", "1", "3", "5", "4"}) {
        bench->source.answer(std::string{"/p?ids="} + id, R"([{"id":)" + std::string{id} + "}]");
    }
    EXPECT_EQ(bench->source.most_at_once(), 2U);
    EXPECT_EQ(bench->body(), R"({"products":[{"id":1},{"id":2},{"id":3},{"id":4},{"id":5}]})");
}

TEST(BatchCalls, InheritNothingOfTheSingleOne) {
    BatchRoute route;
    route.step += R"(, query: { full: "1" }, headers: { x-one: "1" }, method: HEAD)";
    route.batch += R"(, headers: { x-many: "${count(items)}" })";
    const auto bench = start_batch(route, "[1,2]");
    const StepCall& call = bench->source.call(1);
    EXPECT_EQ(call.target, "/p?ids=1%2C2");
    EXPECT_EQ(call.method, Method::get);
    ASSERT_THAT(call.headers, SizeIs(1));
    EXPECT_EQ(call.headers[0].name(), "x-many");
    EXPECT_EQ(call.headers[0].value(), "2");
}

TEST(BatchCalls, KeepTheTimeoutAndTheUpstreamOfTheStep) {
    BatchRoute route;
    route.step += ", timeout: 20ms";
    const auto bench = start_batch(route, "[1,2]");
    const StepCall& call = bench->source.call(1);
    EXPECT_EQ(call.deadline, bench->clock.now() + milliseconds{20});
    EXPECT_EQ(call.upstream, bench->source.call(0).upstream + 2);
    EXPECT_TRUE(call.body_used);
}

struct RefusedRow {
    const char* what;
    std::string ids;
    std::vector<std::string> targets;
    std::string code;  // of the second item
};

const std::vector<RefusedRow>& refused_items() {
    static const std::vector<RefusedRow> rows{
        {"a separator in it", R"([1,"a,b",2])", {"/p?ids=1%2C2"}, "invalid_value"},
        {"an object", "[1,{},2]", {"/p?ids=1%2C2"}, "invalid_value"},
        {"a list", "[1,[1],2]", {"/p?ids=1%2C2"}, "invalid_value"},
        {"null", "[1,null,2]", {"/p?ids=1%2C2"}, "missing_input"},
        {"half a character", R"([1,"\ud800",2])", {"/p?ids=1%2C2"}, "invalid_value"},
        {"too long", "[1,\"" + std::string(4097, 'x') + "\",2]", {"/p?ids=1%2C2"}, "invalid_value"},
        {"too long encoded",
         "[1,\"" + std::string(2800, '/') + "\",2]",
         {"/p?ids=1%2C2"},
         "invalid_value"},
        {"the single call refuses it", R"([".",".."])", {"/p?ids=.%2C.."}, ""},
        {"by itself, the single call", R"(["..",".."])", {}, "invalid_value"},
        {"one is left", R"([1,"a,b"])", {"/p?ids=1"}, "invalid_value"},
    };
    return rows;
}

TEST(BatchCalls, LeaveOutRefusedItemsOfAnOptionalStep) {
    for (const RefusedRow& row : refused_items()) {
        const auto bench = start_batch(optional_batch(), row.ids);
        EXPECT_EQ(after_the_order(*bench), row.targets) << row.what;
        bench->source.answer_all(
            {{"/p?ids=1%2C2", R"([{"id":1},{"id":2}])"},
             {"/p?ids=1", R"([{"id":1}])"},
             {"/p?ids=.%2C..", R"([{"id":"."},{"id":".."}])"}}
        );
        if (row.code.empty()) {
            EXPECT_EQ(bench->member("/errors"), "absent") << row.what;
            continue;
        }
        EXPECT_EQ(bench->member("/products/1"), "null") << row.what;
        const std::string at = row.targets.empty() ? "/errors/1" : "/errors/0";
        EXPECT_EQ(bench->member(at + "/path"), R"("/products/1")") << row.what;
        EXPECT_EQ(bench->member(at + "/code"), '"' + row.code + '"') << row.what;
    }
}

TEST(BatchCalls, AreNotMadeForARequiredStepWithARefusedItem) {
    for (const RefusedRow& row : refused_items()) {
        if (row.code.empty()) continue;
        const auto bench = start_batch({}, row.ids);
        EXPECT_THAT(after_the_order(*bench), SizeIs(0)) << row.what;
        EXPECT_EQ(bench->status(), 502) << row.what;
        EXPECT_EQ(bench->member("/code"), '"' + row.code + '"') << row.what;
    }
}

TEST(BatchCalls, BlameTheClientForItemsOfItsRequest) {
    BatchRoute route;
    route.list = "${request.query.id}";
    route.body = "[\"${products}\", \"${order}\"]";
    const std::vector<std::pair<std::string, std::string>> rows{
        {"id=1&id=a%2Cb", "invalid_value"},
        {"id=1&id=2&id=%ff", ""},
        {"id=" + std::string(5000, 'x') + "&id=2", "invalid_value"},
    };
    for (const auto& [query, code] : rows) {
        Bench bench{compile_batch_route(route), {.path = {{"id", "1"}}, .query = query}};
        bench.start();
        if (code.empty()) {
            EXPECT_THAT(bench.source.targets(), ElementsAre("/o", "/p?ids=1%2C2%2C%FF"));
            continue;
        }
        EXPECT_EQ(bench.status(), 400) << query;
        EXPECT_EQ(bench.member("/code"), '"' + code + '"') << query;
    }
}

TEST(BatchCalls, FailWithWhatElseTheyAreMadeOf) {
    BatchRoute route = optional_batch();
    route.call = R"(path: /p, query: { ids: "${join(items, ',')}", shop: "${order.shop}" })";
    const auto bench = start_batch(route, "[1,2]");
    EXPECT_THAT(after_the_order(*bench), SizeIs(0));
    EXPECT_EQ(bench->member("/products"), "[null,null]");
    EXPECT_EQ(bench->member("/errors/0/code"), R"("missing_input")");
    EXPECT_EQ(bench->member("/errors/1/path"), R"("/products/1")");
}

TEST(BatchCalls, AreFewForManyItems) {
    BatchRoute route;
    route.step += ", max_items: 190";
    route.batch += ", max_size: 50";
    std::string ids;
    for (int i = 0; i < 190; ++i) ids += (i > 0 ? "," : "[") + std::to_string(i);
    EXPECT_THAT(after_the_order(*start_batch(route, ids + "]")), SizeIs(4));
}

}  // namespace
}  // namespace weft::test
