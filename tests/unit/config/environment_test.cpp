#include "config/environment.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

namespace weft {
namespace {

using ::testing::IsEmpty;

std::optional<std::string> variable(const std::string& name) {
    if (name == "A") return "alpha";
    if (name == "_b1") return "beta";
    if (name == "EMPTY") return "";
    if (name == "NESTED") return "${env.A}";
    if (name == "DOLLAR") return "$";
    if (name == "BRACES") return "{id}";
    if (name == "LONG") return std::string(40'000, 'x');
    return std::nullopt;
}

struct Case {
    std::string text;
    std::string literal;
    std::string for_template;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class Expansions : public ::testing::TestWithParam<Case> {};

TEST_P(Expansions, AreLiteralForWhoeverReadsThem) {
    const auto& [text, literal, for_template] = GetParam();
    const EnvExpansion plain = expand_environment(text, TextUse::literal, variable);
    EXPECT_THAT(plain.problems, IsEmpty());
    EXPECT_EQ(plain.text, literal);
    const EnvExpansion escaped = expand_environment(text, TextUse::template_text, variable);
    EXPECT_THAT(escaped.problems, IsEmpty());
    EXPECT_EQ(escaped.text, for_template);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    Expansions,
    ::testing::Values(
        Case{"", "", ""},
        Case{"none", "none", "none"},
        Case{"${env.A}", "alpha", "alpha"},
        Case{"${ env.A }", "alpha", "alpha"},
        Case{"a${env.A}b${env._b1}c", "aalphabbetac", "aalphabbetac"},
        Case{"${env.A:-x}", "alpha", "alpha"},
        Case{"${env.NO:-x y:-z}", "x y:-z", "x y:-z"},
        Case{"${env.NO:-}", "", ""},
        Case{"${env.EMPTY:-x}", "x", "x"},
        Case{"${env.NESTED}", "${env.A}", "$${env.A}"},
        Case{"${env.NO:-${env.A}", "${env.A", "$${env.A"},
        Case{"${env.DOLLAR}{id}", "${id}", "$${id}"},
        Case{"${env.DOLLAR}${env.A}", "$alpha", "$alpha"},
        Case{"${env.DOLLAR}${env.BRACES}", "${id}", "$${id}"},
        Case{"${env.DOLLAR}${env.NO:-}{id}", "${id}", "$${id}"},
        Case{"${env.DOLLAR}a{id}", "$a{id}", "$a{id}"},
        Case{"$${env.A}", "$${env.A}", "$${env.A}"},
        Case{"$$${env.A}", "$$${env.A}", "$$${env.A}"},
        Case{"${order.id} ${env.A}", "${order.id} alpha", "${order.id} alpha"},
        Case{"${environment}", "${environment}", "${environment}"},
        Case{"${a.env.A}", "${a.env.A}", "${a.env.A}"},
        Case{"${", "${", "${"},
        Case{"$", "$", "$"}
    )
);

struct Wrong {
    std::string text;
    TextUse use;
    std::size_t offset;
    std::string message;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.text.substr(0, 40); }

class WrongReferences : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongReferences, NameTheVariableAndItsPlace) {
    const EnvExpansion found = expand_environment(GetParam().text, GetParam().use, variable);
    ASSERT_EQ(found.problems.size(), 1U);
    EXPECT_EQ(found.problems[0].offset, GetParam().offset);
    EXPECT_EQ(found.problems[0].message, GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    WrongReferences,
    ::testing::Values(
        Wrong{
            "ab${env.NO}",
            TextUse::literal,
            2,
            "the environment variable \"NO\" is not set and has no default: set it, or write "
            "${env.NO:-default}"},
        Wrong{
            "${env.EMPTY}",
            TextUse::literal,
            0,
            "the environment variable \"EMPTY\" is not set and has no default: set it, or write "
            "${env.EMPTY:-default}"},
        Wrong{
            "${env.}",
            TextUse::literal,
            0,
            "\"${env.}\" is not an environment variable: write ${env.NAME} or "
            "${env.NAME:-default}"},
        Wrong{
            "${env.1A}",
            TextUse::literal,
            0,
            "\"${env.1A}\" is not an environment variable: write ${env.NAME} or "
            "${env.NAME:-default}"},
        Wrong{
            "${env.A:default}",
            TextUse::literal,
            0,
            "\"${env.A:default}\" is not an environment variable: write ${env.NAME} or "
            "${env.NAME:-default}"},
        Wrong{"a${env.A", TextUse::literal, 1, "\"${\" is not closed"},
        Wrong{
            "/x/${env.BRACES}",
            TextUse::path,
            3,
            "a path cannot take a value with braces from the environment"},
        Wrong{
            "${env.LONG}${env.LONG}",
            TextUse::literal,
            11,
            "with the environment's text this is longer than 64 KiB"}
    )
);

TEST(Expansion, SaysHowManyBytesStandBeforeIt) {
    EXPECT_EQ(expand_environment("abc", TextUse::literal, variable).verbatim, 3U);
    EXPECT_FALSE(expand_environment("abc", TextUse::literal, variable).expanded);
    EXPECT_EQ(expand_environment("ab${env.A}c${env.A}", TextUse::literal, variable).verbatim, 2U);
    EXPECT_TRUE(expand_environment("${env.A}", TextUse::literal, variable).expanded);
}

TEST(ProcessEnvironment, TakesAnEmptyVariableForUnset) {
    setenv("WEFT_TEST_SET", "x", 1);
    setenv("WEFT_TEST_EMPTY", "", 1);
    unsetenv("WEFT_TEST_UNSET");
    const Environment environment = process_environment();
    EXPECT_EQ(environment("WEFT_TEST_SET"), "x");
    EXPECT_EQ(environment("WEFT_TEST_EMPTY"), std::nullopt);
    EXPECT_EQ(environment("WEFT_TEST_UNSET"), std::nullopt);
}

}  // namespace
}  // namespace weft
