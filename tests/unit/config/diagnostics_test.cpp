#include "config/diagnostics.hpp"

#include <gmock/gmock.h>

namespace weft {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> printed(const Diagnostics& diagnostics) {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        lines.push_back(diagnostics.to_string(diagnostic));
    }
    return lines;
}

TEST(Diagnostics, AreSortedByFileAsAddedThenByPlaceAndAreOtherwiseStable) {
    Diagnostics diagnostics;
    const auto b = diagnostics.add_file("b.yaml");
    const auto a = diagnostics.add_file("a.yaml");
    diagnostics.error({a, 1, 1}, "last");
    diagnostics.error({b, 10, 2}, "fourth");
    diagnostics.warning({b, 9, 30}, "second");
    diagnostics.error({b, 9, 30}, "third");
    diagnostics.error({b, 9, 4}, "first");
    EXPECT_THAT(
        printed(diagnostics),
        ElementsAre(
            "b.yaml:9:4: first",
            "b.yaml:9:30: warning: second",
            "b.yaml:9:30: third",
            "b.yaml:10:2: fourth",
            "a.yaml:1:1: last"
        )
    );
}

TEST(Diagnostics, CountOnlyErrorsAsErrors) {
    Diagnostics diagnostics;
    const auto file = diagnostics.add_file("a.yaml");
    diagnostics.warning({file, 1, 1}, "odd");
    EXPECT_FALSE(diagnostics.has_errors());
    diagnostics.error({file, 1, 1}, "wrong");
    EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Diagnostics, ShowTheFirstFiftyByPlaceAndSayHowManyAreLeftOut) {
    Diagnostics diagnostics;
    const auto file = diagnostics.add_file("a.yaml");
    for (std::uint32_t line = 52; line > 0; --line) diagnostics.error({file, line, 1}, "wrong");
    diagnostics.warning({file, 60, 1}, "odd");
    const auto lines = printed(diagnostics);
    ASSERT_EQ(lines.size(), 52U);
    EXPECT_EQ(lines[0], "a.yaml:1:1: wrong");
    EXPECT_EQ(lines[49], "a.yaml:50:1: wrong");
    EXPECT_EQ(lines[50], "a.yaml:60:1: warning: odd");
    EXPECT_EQ(lines[51], "2 more errors are left out");
}

TEST(Diagnostics, CountWhatTheyDoNotKeep) {
    Diagnostics diagnostics;
    const auto file = diagnostics.add_file("a.yaml");
    for (int i = 0; i < 10'000; ++i) diagnostics.error({file, 1, 1}, "wrong");
    for (int i = 0; i < 51; ++i) diagnostics.warning({file, 1, 1}, "odd");
    const auto lines = printed(diagnostics);
    ASSERT_EQ(lines.size(), 102U);
    EXPECT_EQ(lines[100], "9950 more errors are left out");
    EXPECT_EQ(lines[101], "warning: 1 more warning is left out");
}

TEST(Diagnostics, PrintOneLineWithoutControlCharacters) {
    Diagnostics diagnostics;
    const auto file = diagnostics.add_file("a\n.yaml");
    diagnostics.error({file, 1, 1}, "no\r\n\x1b[31m\x7f ä");
    EXPECT_THAT(printed(diagnostics), ElementsAre("a\\x0a.yaml:1:1: no\\x0d\\x0a\\x1b[31m\\x7f ä"));
}

TEST(Diagnostics, PrintNoPlaceWithoutAFile) {
    const Diagnostics diagnostics;
    EXPECT_EQ(diagnostics.to_string({Severity::error, {}, "wrong"}), "wrong");
}

TEST(InQuotes, CutsBetweenCharacters) {
    EXPECT_EQ(in_quotes("a"), "\"a\"");
    EXPECT_EQ(in_quotes(std::string(64, 'a')), '"' + std::string(64, 'a') + '"');
    EXPECT_EQ(in_quotes(std::string(63, 'a') + "ää"), '"' + std::string(63, 'a') + "...\"");
}

struct Case {
    std::string word;
    std::string nearest;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.word; }

class Nearest : public ::testing::TestWithParam<Case> {};

TEST_P(Nearest, IsALikelyTypingMistake) {
    const std::vector<std::string_view> words{
        "order", "timeout", "max_items", "max_concurrency", "id", "url", "urls"};
    EXPECT_EQ(nearest(GetParam().word, words), GetParam().nearest);
}

INSTANTIATE_TEST_SUITE_P(
    Words,
    Nearest,
    ::testing::Values(
        Case{"oder", "order"},
        Case{"ordre", "order"},
        Case{"orders", "order"},
        Case{"tiemout", "timeout"},
        Case{"tmieuot", "timeout"},
        Case{"TIMEOUT", "timeout"},
        Case{"time_out", "timeout"},
        Case{"maxItems", "max_items"},
        Case{"max-concurency", "max_concurrency"},
        Case{"ulr", "url"},
        Case{"uri", "url"},
        Case{"", ""},
        Case{"ix", ""},
        Case{"user", ""},
        Case{"item", ""},
        Case{"tmt", ""},
        Case{std::string(41, 'o'), ""},
        Case{"ID", "id"}
    )
);

TEST(DidYouMean, IsEmptyWithoutASuggestion) {
    EXPECT_EQ(did_you_mean("oder", {"order"}), " (did you mean \"order\"?)");
    EXPECT_EQ(did_you_mean("else", {"order"}), "");
}

}  // namespace
}  // namespace weft
