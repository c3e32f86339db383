// Which row of a batch call's answer each item gets, whatever the service sends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/compose/batch_route.hpp"

namespace weft::test {
namespace {

constexpr const char* both = "/p?ids=1%2C2";

struct AnswerRow {
    const char* what;
    std::string answer;
    std::string products;
    std::string codes = {};  // of `errors`, each with the upstream's status where there is one
};

std::string codes_of(const Bench& bench) {
    std::string codes;
    for (int i = 0;; ++i) {
        const std::string at = "/errors/" + std::to_string(i);
        if (bench.member(at) == "absent") return codes;
        codes += (i > 0 ? " " : "") + bench.member(at + "/path") + bench.member(at + "/code");
        const std::string status = bench.member(at + "/upstream_status");
        if (status != "absent") codes += status;
    }
}

const std::string lost = R"("/products/0""upstream_json" "/products/1""upstream_json")";
const std::string second_not_found = R"("/products/1""upstream_status"404)";

void expect_rows(const BatchRoute& route, const std::vector<AnswerRow>& rows) {
    for (const AnswerRow& row : rows) {
        const auto bench = start_batch(route, "[1,2]");
        bench->source.answer(both, row.answer);
        ASSERT_TRUE(bench->answered()) << row.what;
        EXPECT_EQ(bench->member("/products"), row.products) << row.what;
        EXPECT_EQ(codes_of(*bench), row.codes) << row.what;
        EXPECT_EQ(bench->field("Weft-Complete"), row.codes.empty() ? "" : "false") << row.what;
    }
}

TEST(BatchRows, AreMatchedByTheirKeyNeverByTheirPosition) {
    expect_rows(
        optional_batch(),
        {
            {"in order", R"([{"id":1},{"id":2}])", R"([{"id":1},{"id":2}])"},
            {"re-ordered", R"([{"id":2},{"id":1}])", R"([{"id":1},{"id":2}])"},
            {"text for a number", R"([{"id":"1"},{"id":"2"}])", R"([{"id":"1"},{"id":"2"}])"},
            {"escaped", R"([{"id":"\u0031"},{"\u0069d":2}])", R"([{"id":"1"},{"id":2}])"},
            {"key last",
             R"([{"a":{"id":2},"id":1},{"id":2}])",
             R"([{"a":{"id":2},"id":1},{"id":2}])"},
            {"one missing", R"([{"id":1}])", R"([{"id":1},null])", second_not_found},
            {"swapped and one missing",
             R"([{"id":2}])",
             R"([null,{"id":2}])",
             R"("/products/0""upstream_status"404)"},
            {"not the same number",
             R"([{"id":1},{"id":2.0}])",
             R"([{"id":1},null])",
             second_not_found},
            {"none",
             "[]",
             "[null,null]",
             R"("/products/0""upstream_status"404 )" + second_not_found},
            {"more than asked for",
             R"([{"id":3},{"id":1},{"id":4},{"id":2},{"id":3}])",
             R"([{"id":1},{"id":2}])"},
            {"of another type",
             R"([null,1,"2",[{"id":1}],true,{"id":2},{"id":1}])",
             R"([{"id":1},{"id":2}])"},
            {"without a key", R"([{},{"Id":1},{"id":1},{"id":2}])", R"([{"id":1},{"id":2}])"},
            {"a key that is no scalar",
             R"([{"id":[1]},{"id":{"id":1}},{"id":null},{"id":1},{"id":2}])",
             R"([{"id":1},{"id":2}])"},
            {"half a character for a key",
             R"([{"id":"\ud800"},{"id":1},{"id":2}])",
             R"([{"id":1},{"id":2}])"},
        }
    );
}

TEST(BatchRows, OfWhichTwoAreForOneItemFailTheCall) {
    expect_rows(
        optional_batch(),
        {
            {"twice", R"([{"id":1},{"id":2},{"id":1}])", "[null,null]", lost},
            {"alike", R"([{"id":1},{"id":1},{"id":2}])", "[null,null]", lost},
            {"as text and number", R"([{"id":1},{"id":"1"},{"id":2}])", "[null,null]", lost},
            {"not asked for", R"([{"id":3},{"id":3},{"id":1},{"id":2}])", R"([{"id":1},{"id":2}])"},
        }
    );
}

TEST(BatchRows, AreAnArrayOrTheCallFailed) {
    expect_rows(
        optional_batch(),
        {
            {"no body", "", "[null,null]", lost},
            {"null", "null", "[null,null]", lost},
            {"an object", R"({"0":{"id":1}})", "[null,null]", lost},
            {"a row", R"({"id":1})", "[null,null]", lost},
            {"text", R"("[]")", "[null,null]", lost},
            {"not JSON", R"([{"id":1},{"id":2}] x)", "[null,null]", lost},
            {"cut off", R"([{"id":1},{"id":2})", "[null,null]", lost},
            {"not UTF-8", "[{\"id\":1},{\"id\":2,\"n\":\"\xff\"}]", "[null,null]", lost},
            {"the key twice", R"([{"id":1,"id":2},{"id":2}])", "[null,null]", lost},
            {"too deep",
             "[{\"id\":1},{\"id\":2,\"d\":" + std::string(63, '[') + std::string(63, ']') + "}]",
             "[null,null]",
             lost},
        }
    );
}

TEST(BatchRows, AreFoundWhereRowsPoints) {
    BatchRoute route = optional_batch();
    route.batch = "rows: data.items, match: key.id";
    const auto in_data = [](const std::string& rows) {
        return R"({"data":{"items":)" + rows + "}}";
    };
    expect_rows(
        route,
        {
            {"there",
             in_data(R"([{"key":{"id":2}},{"key":{"id":1}}])"),
             R"([{"key":{"id":1}},{"key":{"id":2}}])"},
            {"some without",
             in_data(R"([{"key":2},{"key":[{"id":2}]},{"key":{}},{"key":{"id":1}}])"),
             R"([{"key":{"id":1}},null])",
             second_not_found},
            {"at the root", R"([{"key":{"id":1}},{"key":{"id":2}}])", "[null,null]", lost},
            {"nowhere", R"({"data":{}})", "[null,null]", lost},
            {"null", in_data("null"), "[null,null]", lost},
            {"an object", in_data("{}"), "[null,null]", lost},
            {"twice", R"({"data":{"items":[],"items":[]}})", "[null,null]", lost},
        }
    );
}

TEST(BatchRows, AreSplicedAsTheyCame) {
    const auto bench = start_batch({}, "[1,2,1]");
    const std::string first = "{ \"n\" : 9007199254740993.10, \"id\":1,\"s\":\"\\u00e9\\/\" }";
    const std::string second = "{\"id\":\n2, \"x\":1e400,\"x\":-0}";
    bench->source.answer(both, "[ " + second + " ,\t" + first + "]");
    EXPECT_EQ(bench->body(), "{\"products\":[" + first + "," + second + "," + first + "]}");
}

TEST(BatchRows, AreReadAsResults) {
    BatchRoute route;
    route.body =
        R"([ "${products[1].name}", "${products[0].tags[1]}", "${next}", "${products[5]}" ])";
    route.more =
        "    next: { upstream: users, for_each: \"${products[*].owner}\", max_items: 9, path: "
        "\"/u/${item}\" }\n";
    const auto bench = start_batch(route, "[2,1]");
    bench->source.answer(
        "/p?ids=2%2C1",
        R"([{"id":1,"name":"one","owner":"a"},{"id":2,"name":"two","tags":[0,9],"owner":"b"}])"
    );
    bench->source.answer("/u/b", "\"B\"");
    bench->source.answer("/u/a", "\"A\"");
    EXPECT_EQ(bench->body(), R"(["one",9,["B","A"],null])");
}

TEST(BatchRows, InWhichAMemberThatIsReadIsThereTwiceFail) {
    BatchRoute route = optional_batch();
    route.body =
        R"({ names: [ "${products[0].name}", "${products[1].name}" ], products: "${products}" })";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer(both, R"([{"id":1,"name":"a","name":"b"},{"id":2,"name":"c"}])");
    EXPECT_EQ(bench->member("/names"), R"([null,"c"])");
    EXPECT_EQ(codes_of(*bench), R"("/names/0""upstream_json" "/products/0""upstream_json")");
}

TEST(BatchRows, MayBeVeryManyAndVeryLarge) {
    std::string answer = "[";
    for (int i = 0; i < 100'000; ++i) answer += R"({"id":"x)" + std::to_string(i) + "\"},";
    answer += R"({"id":")" + std::string(1 << 20, 'k') + "\"},";
    answer += R"({"id":")" + std::string(1 << 18, '\\') + "\"},";
    answer += R"({"deep":)" + std::string(60, '[') + std::string(60, ']') + R"(,"id":2},)";
    answer += R"({"id":1}])";
    const auto bench = start_batch({}, "[1,2]");
    bench->source.answer(both, answer);
    EXPECT_EQ(bench->status(), 200);
    EXPECT_EQ(bench->member("/products/0"), R"({"id":1})");
    EXPECT_EQ(bench->member("/products/1/id"), "2");
}

TEST(BatchRows, OfAnotherCallAreIgnored) {
    BatchRoute route = optional_batch();
    route.batch += ", max_size: 1";
    const auto bench = start_batch(route, "[1,2]");
    bench->source.answer("/p?ids=2", R"([{"id":1,"of":"2"},{"id":2,"of":"2"}])");
    bench->source.answer("/p?ids=1", R"([{"id":1,"of":"1"},{"id":2,"of":"1"}])");
    EXPECT_EQ(bench->body(), R"({"products":[{"id":1,"of":"1"},{"id":2,"of":"2"}]})");
}

TEST(BatchRows, FindTheirItemAmongRefusedOnes) {
    const auto bench = start_batch(optional_batch(), R"([null,1,"a,b",{},2,null])");
    bench->source.answer(both, R"([{"id":"a,b"},{"id":2},{"id":1}])");
    EXPECT_EQ(bench->member("/products"), R"([null,{"id":1},null,null,{"id":2},null])");
}

}  // namespace
}  // namespace weft::test
