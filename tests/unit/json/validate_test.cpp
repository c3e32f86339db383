#include <gtest/gtest.h>

#include <span>
#include <string_view>
#include <vector>

#include "json/locate.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

using namespace std::string_view_literals;

struct Verdict {
    std::string_view text;
    JsonError error;
    std::size_t offset;  // of the error
};

void expect(std::span<const Verdict> verdicts) {
    for (const Verdict& verdict : verdicts) {
        SCOPED_TRACE(testing::PrintToString(verdict.text));
        // On the heap and exactly as long as the text, so that reading past the end is seen.
        const std::vector<char> bytes(verdict.text.begin(), verdict.text.end());
        const Located located = located_in({bytes.data(), bytes.size()}, PathSet{});
        EXPECT_EQ(located.error, verdict.error);
        EXPECT_EQ(located.error_offset, verdict.offset);
    }
}

constexpr auto none = JsonError::none;
constexpr auto syntax = JsonError::syntax;
constexpr auto utf8 = JsonError::utf8;

constexpr Verdict accepted[] = {
    {"null", none, 0},
    {"true", none, 0},
    {"false", none, 0},
    {" \t\r\n0 \t\r\n", none, 0},
    {"\"\"", none, 0},
    {"{}", none, 0},
    {"[]", none, 0},
    {"{ }", none, 0},
    {"[ ]", none, 0},
    {"[1 , 2]", none, 0},
    {"{ \"a\" : 1 , \"b\" : [ ] }", none, 0},
    {"{\"\":0}", none, 0},
    {"{\"a\":1,\"a\":2}", none, 0},  // no path names it
    {"-0", none, 0},
    {"-0.0e-0", none, 0},
    {"0e1", none, 0},
    {"0E+1", none, 0},
    {"1e400", none, 0},
    {"-1e400", none, 0},
    {"1e-400", none, 0},
    {"1e99999999999999999999999999", none, 0},
    {"18446744073709551616", none, 0},
    {"-9223372036854775809", none, 0},
    {"1000000000000000000000000000000", none, 0},
    {"123456789012345678901234567890", none, 0},
    {"0.1000000000000000055511151231257827", none, 0},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", none, 0},
    {"\"\\u0000\"", none, 0},
    {"\"\\uabCD\\uD83D\\uDE00\"", none, 0},
    {"\"\\uD800\"", none, 0},  // grammar allows it; see text_test
    {"\"\\uDC00x\"", none, 0},
    {"\"\x7F\"", none, 0},
    {"\"\xC2\x80\xDF\xBF\"", none, 0},
    {"\"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\"", none, 0},
    {"\"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\"", none, 0},
    {"\"\xEF\xBB\xBF\"", none, 0},  // inside a string U+FEFF is a character
    {"\"a long string, longer than sixteen bytes, with \\\"escapes\\\" and \xC3\xA4 in it\"",
     none,
     0},
    {"[[[[[[[[]]]]]]]]", none, 0},
};

constexpr Verdict not_a_document[] = {
    {"", syntax, 0},
    {" ", syntax, 1},
    {"\n\t\r ", syntax, 4},
    {"\xEF\xBB\xBF{}", syntax, 0},
    {"\0"sv, syntax, 0},
    {"{}\0"sv, syntax, 2},
    {"{} \0"sv, syntax, 3},
    {"[\0]"sv, syntax, 1},
    {"{}x", syntax, 2},
    {"{} {}", syntax, 3},
    {"1 2", syntax, 2},
    {"1,", syntax, 1},
    {"\xC2\xA0"
     "1",
     syntax,
     0},
    {"\f1", syntax, 0},
    {"\v1", syntax, 0},
    {"1\x1F", syntax, 1},
    {"// x\n1", syntax, 0},
    {"[1/**/]", syntax, 2},
    {"]", syntax, 0},
    {"}", syntax, 0},
    {",", syntax, 0},
    {"'a'", syntax, 0},
    {"a", syntax, 0},
};

constexpr Verdict wrong_words_and_numbers[] = {
    {"nul", syntax, 3},       {"nulL", syntax, 3},  {"tru\0"sv, syntax, 3}, {"True", syntax, 0},
    {"falsey", syntax, 5},    {"nan", syntax, 1},   {"NaN", syntax, 0},     {"Infinity", syntax, 0},
    {"-Infinity", syntax, 1}, {"+1", syntax, 0},    {"-", syntax, 1},       {"--1", syntax, 1},
    {"01", syntax, 1},        {"-01", syntax, 2},   {"00", syntax, 1},      {"1.", syntax, 2},
    {"1.e1", syntax, 2},      {".5", syntax, 0},    {"-.5", syntax, 1},     {"1e", syntax, 2},
    {"1e+", syntax, 3},       {"1e1.5", syntax, 3}, {"0x10", syntax, 1},    {"1_000", syntax, 1},
    {"1\0"sv, syntax, 1},
};

constexpr Verdict wrong_containers[] = {
    {"[", syntax, 1},
    {"[1", syntax, 2},
    {"[1,", syntax, 3},
    {"[1,]", syntax, 3},
    {"[,1]", syntax, 1},
    {"[1,,2]", syntax, 3},
    {"[1 2]", syntax, 3},
    {"[1}", syntax, 2},
    {"[1:2]", syntax, 2},
    {"{", syntax, 1},
    {"{]", syntax, 1},
    {"{\"a\"", syntax, 4},
    {"{\"a\":", syntax, 5},
    {"{\"a\":1", syntax, 6},
    {"{\"a\":1,", syntax, 7},
    {"{\"a\":1,}", syntax, 7},
    {"{\"a\":}", syntax, 5},
    {"{\"a\" 1}", syntax, 5},
    {"{\"a\",1}", syntax, 4},
    {"{\"a\"::1}", syntax, 5},
    {"{a:1}", syntax, 1},
    {"{1:1}", syntax, 1},
    {"{,}", syntax, 1},
    {"{\"a\":1]", syntax, 6},
    {"{\"a\":1 \"b\":2}", syntax, 7},
    {"[{\"a\":[1,{\"b\":tru}]}]", syntax, 17},
};

constexpr Verdict wrong_strings[] = {
    {"\"", syntax, 1},
    {"\"abc", syntax, 4},
    {"\"\\\"", syntax, 3},
    {"\"\\", syntax, 2},
    {"\"\\a\"", syntax, 2},
    {"\"\\x41\"", syntax, 2},
    {"\"\\'\"", syntax, 2},
    {"\"\\\0\""sv, syntax, 2},
    {"\"\\u\"", syntax, 3},
    {"\"\\u12\"", syntax, 5},
    {"\"\\u123g\"", syntax, 6},
    {"\"\\U0041\"", syntax, 2},
    {"\"\n\"", syntax, 1},
    {"\"\t\"", syntax, 1},
    {"\"\0\""sv, syntax, 1},
    {"\"sixteen bytes and\x1F\"", syntax, 18},
    {"{\"a\nb\":1}", syntax, 3},
};

constexpr Verdict wrong_utf8[] = {
    {"\"\x80\"", utf8, 1},
    {"\"\xBF\"", utf8, 1},
    {"\"\xC0\x80\"", utf8, 1},
    {"\"\xC1\xBF\"", utf8, 1},
    {"\"\xC3\"", utf8, 1},
    {"\"\xC3", utf8, 1},
    {"\"\xE0\x9F\xBF\"", utf8, 1},
    {"\"\xE2\x82\"", utf8, 1},
    {"\"\xED\xA0\x80\"", utf8, 1},
    {"\"\xED\xBF\xBF\"", utf8, 1},
    {"\"\xF0\x8F\xBF\xBF\"", utf8, 1},
    {"\"\xF0\x9F\x98\"", utf8, 1},
    {"\"\xF4\x90\x80\x80\"", utf8, 1},
    {"\"\xF5\x80\x80\x80\"", utf8, 1},
    {"\"\xF8\x88\x80\x80\x80\"", utf8, 1},
    {"\"\xFE\"", utf8, 1},
    {"\"\xFF\"", utf8, 1},
    {"\"ok \xC3\xA4\xC3\"", utf8, 6},
    {"{\"\xFF\":1}", utf8, 2},
    {"[\xC3\xA4]", syntax, 1},  // outside strings nothing beyond ASCII stands at all
};

TEST(Validate, AcceptsWhatRfc8259Allows) { expect(accepted); }
TEST(Validate, RefusesWhatIsNotOneValue) { expect(not_a_document); }
TEST(Validate, RefusesOtherWordsAndNumbers) { expect(wrong_words_and_numbers); }
TEST(Validate, RefusesBrokenArraysAndObjects) { expect(wrong_containers); }
TEST(Validate, RefusesBrokenStrings) { expect(wrong_strings); }
TEST(Validate, RefusesIllFormedUtf8AtItsFirstByte) { expect(wrong_utf8); }

}  // namespace
}  // namespace weft
