#include "json/compare.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weft {
namespace {

JsonValue value_of(std::string_view text) { return {json_type(text.front()), text}; }

bool same(std::string_view a, std::string_view b) { return json_equal(value_of(a), value_of(b)); }

bool less(std::string_view a, std::string_view b) { return json_less(value_of(a), value_of(b)); }

struct Pair {
    const char* a;
    const char* b;
};

TEST(JsonCompare, TakesNumbersForTheSameByTheirValue) {
    const Pair same_numbers[] = {
        {"1", "1.0"},
        {"1", "10e-1"},
        {"100", "1e2"},
        {"100", "1E+2"},
        {"0.001", "1e-3"},
        {"0.5", "5e-1"},
        {"0.0500", "5.00e-2"},
        {"-12.50", "-125e-1"},
        {"0", "-0"},
        {"0", "0.000e99"},
        {"0e-400", "-0.0"},
        {"1e400", "10e399"},
        {"12345678901234567890.5", "123456789012345678905e-1"},
        {"1e0000000000000000000000002", "100"},
        {"1e99999999999999999999999", "1e88888888888888888888888"},
    };
    for (const Pair& each : same_numbers) {
        EXPECT_TRUE(same(each.a, each.b)) << each.a << ' ' << each.b;
        EXPECT_TRUE(same(each.b, each.a)) << each.a << ' ' << each.b;
        EXPECT_FALSE(less(each.a, each.b)) << each.a << ' ' << each.b;
        EXPECT_FALSE(less(each.b, each.a)) << each.a << ' ' << each.b;
    }
}

TEST(JsonCompare, OrdersNumbersWithoutLosingADigit) {
    const Pair rising[] = {
        {"9007199254740992", "9007199254740993"},
        {"-9007199254740993", "-9007199254740992"},
        {"18446744073709551615", "18446744073709551616"},
        {"0.1", "0.10000000000000000000001"},
        {"0.30000000000000000", "0.30000000000000004"},
        {"9", "10"},
        {"99", "100"},
        {"9.99", "10"},
        {"0.099", "0.1"},
        {"1", "1.5"},
        {"-1.5", "-1"},
        {"-1", "0"},
        {"-1", "-0.0"},
        {"0", "1e-400"},
        {"-1e-400", "0"},
        {"-10", "9"},
        {"1e308", "1e309"},
        {"1e-309", "1e-308"},
        {"1e99999999999999999999", "11e99999999999999999999"},
        {"-1e99999999999999999999", "1e-99999999999999999999"},
    };
    for (const Pair& each : rising) {
        EXPECT_TRUE(less(each.a, each.b)) << each.a << ' ' << each.b;
        EXPECT_FALSE(less(each.b, each.a)) << each.a << ' ' << each.b;
        EXPECT_FALSE(same(each.a, each.b)) << each.a << ' ' << each.b;
    }
}

TEST(JsonCompare, TakesTextsForTheSameByTheirCharacters) {
    const Pair same_texts[] = {
        {R"("")", R"("")"},
        {R"("a")", R"("a")"},
        {R"("\u00e9")", "\"\xC3\xA9\""},
        {R"("\/")", R"("/")"},
        {R"("\ud83d\ude00")", "\"\xF0\x9F\x98\x80\""},
        {R"("\uD800")", R"("\ud800")"},
    };
    for (const Pair& each : same_texts) EXPECT_TRUE(same(each.a, each.b)) << each.a;
    EXPECT_FALSE(same(R"("a")", R"("A")"));
    EXPECT_FALSE(same(R"("\u0061b")", R"("a")"));
    EXPECT_FALSE(same("\"e\xCC\x81\"", "\"\xC3\xA9\""));  // not normalised
}

TEST(JsonCompare, OrdersTextsByCodePoint) {
    const Pair rising[] = {
        {R"("")", R"("a")"},
        {R"("a")", R"("b")"},
        {R"("a")", R"("aa")"},
        {R"("Z")", R"("a")"},
        {R"("10")", R"("9")"},
        {R"("a\u0000")", R"("a\u0001")"},
        {"\"z\"", "\"\xC3\xA9\""},
        {R"("\uffff")", R"("\ud83d\ude00")"},
        {R"("\ud800")", R"("\ue000")"},
    };
    for (const Pair& each : rising) {
        EXPECT_TRUE(less(each.a, each.b)) << each.a << ' ' << each.b;
        EXPECT_FALSE(less(each.b, each.a)) << each.a << ' ' << each.b;
    }
}

TEST(JsonCompare, ComparesArraysAndObjectsDeeply) {
    const Pair same_values[] = {
        {"[]", "[ ]"},
        {"[1, \"a\"]", R"([1.0,"\u0061"])"},
        {"{}", "{ }"},
        {R"({"a":1,"b":[2]})", R"({"b":[2e0], "\u0061":1})"},
        {R"({"a":{"b":{"c":null}}})", R"({ "a" : { "b" : { "c" : null } } })"},
        {R"({"a":1,"a":2})", R"({"a":1,"a":2})"},
        {"null", "null"},
        {"true", "true"},
    };
    for (const Pair& each : same_values) EXPECT_TRUE(same(each.a, each.b)) << each.a;
    const Pair different[] = {
        {"[1]", "[1,1]"},
        {"[1,2]", "[2,1]"},
        {"[]", "{}"},
        {"[null]", "[]"},
        {R"({"a":1})", R"({"a":1,"b":null})"},
        {R"({"a":1})", R"({"b":1})"},
        {R"({"a":[1]})", R"({"a":[2]})"},
        {"true", "false"},
        {"null", "false"},
        {"0", "false"},
        {"1", R"("1")"},
        {R"("null")", "null"},
    };
    for (const Pair& each : different) EXPECT_FALSE(same(each.a, each.b)) << each.a;
}

TEST(JsonCompare, OrdersNothingButNumbersAndTexts) {
    const Pair unordered[] = {
        {"false", "true"},
        {"null", "1"},
        {"1", R"("2")"},
        {"[1]", "[2]"},
        {"{}", R"({"a":1})"},
    };
    for (const Pair& each : unordered) {
        EXPECT_FALSE(less(each.a, each.b)) << each.a;
        EXPECT_FALSE(less(each.b, each.a)) << each.a;
    }
}

}  // namespace
}  // namespace weft
