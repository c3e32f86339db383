#include <gtest/gtest.h>

#include "trial/difference.hpp"

namespace weft {
namespace {

// `/path: expected / got`, a line each; `-` for nothing.
std::string differences(
    std::string_view expected, std::string_view got, BodyMatch match = BodyMatch::exact
) {
    std::string text;
    for (const Difference& each : json_differences(expected, got, match)) {
        text +=
            each.place + ": " + each.expected.value_or("-") + " / " + each.got.value_or("-") + '\n';
    }
    return text;
}

TEST(JsonDifferences, AreNoneBetweenTheSameValues) {
    struct Row {
        const char* expected;
        const char* got;
    };
    for (const Row& row : {
             Row{R"({"a":1,"b":[true,null]})", "{ \"b\": [true , null], \"a\": 1 }"},
             Row{"1", "1.0"},
             Row{"12e1", "120"},
             Row{R"("\u00e9")", "\"\xc3\xa9\""},
             Row{R"({"\u0061":{}})", R"({"a":{}})"},
             Row{"12345678901234567890123", "12345678901234567890123"},
             Row{"[]", "[]"},
         }) {
        EXPECT_EQ(differences(row.expected, row.got), "") << row.expected;
        EXPECT_EQ(differences(row.expected, row.got, BodyMatch::contains), "") << row.expected;
    }
}

TEST(JsonDifferences, AreSaidPathByPath) {
    EXPECT_EQ(
        differences(
            R"({"a":1,"b":{"c":"x","gone":[1]},"l":[1,2,3]})",
            R"({"more":{},"b":{"c":"y"},"a":1,"l":[1,5]})"
        ),
        "/b/c: \"x\" / \"y\"\n"
        "/b/gone: [1] / -\n"
        "/l/1: 2 / 5\n"
        "/l/2: 3 / -\n"
        "/more: - / {}\n"
    );
    EXPECT_EQ(differences("[1]", "[1,2]"), "/1: - / 2\n");
    EXPECT_EQ(differences("{}", "[]"), ": {} / []\n");
    EXPECT_EQ(differences("\"1\"", "1"), ": \"1\" / 1\n");
    EXPECT_EQ(differences(R"({"a/b":{"~":0}})", R"({"a/b":{"~":1}})"), "/a~1b/~0: 0 / 1\n");
}

TEST(JsonDifferences, KeepEveryDigit) {
    EXPECT_EQ(
        differences("9007199254740992", "9007199254740993"),
        ": 9007199254740992 / 9007199254740993\n"
    );
    EXPECT_EQ(
        differences("12345678901234567890123", "12345678901234567890124"),
        ": 12345678901234567890123 / 12345678901234567890124\n"
    );
}

TEST(JsonDifferences, OfAPartAllowOtherMembersButNoOtherElements) {
    const auto contains = BodyMatch::contains;
    EXPECT_EQ(differences(R"({"a":{"b":1}})", R"({"a":{"b":1,"c":2},"d":3})", contains), "");
    EXPECT_EQ(differences(R"([{"a":1}])", R"([{"a":1,"b":2}])", contains), "");
    EXPECT_EQ(differences("[1]", "[1,2]", contains), "/1: - / 2\n");
    EXPECT_EQ(differences(R"({"a":1})", R"({"b":1})", contains), "/a: 1 / -\n");
}

TEST(JsonDifferences, OfWhatIsNoJsonShowItAsText) {
    EXPECT_EQ(differences("{}", "<html>\n"), ": {} / \"<html>\\n\"\n");
    EXPECT_EQ(differences("null", ""), ": null / \"\"\n");
    EXPECT_EQ(differences("1", "1 2"), ": 1 / \"1 2\"\n");
}

TEST(JsonDifferences, TakeTheFirstOfTwoMembersOfOneName) {
    EXPECT_EQ(differences(R"({"a":1})", R"({"a":1,"a":2})"), "");
    EXPECT_EQ(differences(R"({"a":2})", R"({"a":1,"a":2})"), "/a: 2 / 1\n");
    EXPECT_EQ(differences("{}", R"({"a":1,"a":2})"), "/a: - / 1\n");
}

}  // namespace
}  // namespace weft
