#include "config/report.hpp"

#include <gmock/gmock.h>

#include "config/excerpt.hpp"
#include "unit/config/loading.hpp"

namespace weft {
namespace {

using testing::ConfigFolder;

struct Shown {
    std::string name;
    std::string line;
    std::size_t column;  // of a byte, from 1
    std::string excerpt;
    std::size_t caret;  // characters before it
};

void PrintTo(const Shown& shown, std::ostream* out) { *out << shown.name; }

class ExcerptOf : public ::testing::TestWithParam<Shown> {};

TEST_P(ExcerptOf, IsFitForATerminal) {
    const Excerpt made = excerpt(GetParam().line, GetParam().column);
    EXPECT_EQ(made.line, GetParam().excerpt);
    EXPECT_EQ(made.caret, GetParam().caret);
}

const std::string hundred(100, 'a');

INSTANTIATE_TEST_SUITE_P(
    Lines,
    ExcerptOf,
    ::testing::Values(
        Shown{"plain", "path: /x", 7, "path: /x", 6},
        Shown{"first", "path", 1, "path", 0},
        Shown{"after the end", "path:", 6, "path:", 5},
        Shown{"far after the end", "path:", 60, "path:", 5},
        Shown{"tabs", "\tpath:\t/x", 8, " path: /x", 7},
        Shown{"characters of several bytes", "ä: ö /x", 8, "ä: ö /x", 5},
        Shown{"controls", "a\x1b[31m\x7f/x", 8, "a?[31m?/x", 7},
        Shown{
            "not UTF-8",
            "a\xff\xe2\x82/x",
            5,
            "a??"
            "?/x",
            4},
        Shown{
            "long line",
            hundred + 'X' + hundred,
            101,
            "..." + std::string(80, 'a') + 'X' + std::string(59, 'a') + "...",
            83},
        Shown{
            "long line of several bytes",
            std::string(99, 'a') + "äX",
            102,
            "..." + std::string(78, 'a') + "äX",
            82}
    )
);

class Report : public ::testing::Test {
  protected:
    Report() {
        folder_.write("a.yaml", "version: 1\r\nlisten:  x\n");
        const auto file = diagnostics_.add_file((folder_.path() / "a.yaml").string());
        const auto missing = diagnostics_.add_file("missing.yaml");
        diagnostics_.error({file, 2, 10}, "wrong \"x\"");
        diagnostics_.warning({file, 1, 1}, "odd");
        diagnostics_.error({missing, 1, 1}, "cannot be read");
        path_ = (folder_.path() / "a.yaml").string();
    }

    ConfigFolder folder_;
    Diagnostics diagnostics_;
    std::string path_;
};

TEST_F(Report, IsALineEach) {
    EXPECT_EQ(
        report_text(diagnostics_, ReportStyle::lines),
        path_ + ":1:1: warning: odd\n" + path_ +
            ":2:10: wrong \"x\"\nmissing.yaml:1:1: cannot be read\n"
    );
}

TEST_F(Report, ShowsTheLineAndACaret) {
    EXPECT_EQ(
        report_text(diagnostics_, ReportStyle::with_code),
        path_ + ":1:1: warning: odd\n    version: 1\n    ^\n" + path_ +
            ":2:10: wrong \"x\"\n    listen:  x\n             ^\n"
            "missing.yaml:1:1: cannot be read\n"
    );
}

TEST_F(Report, IsColouredWhereThatIsAskedFor) {
    EXPECT_EQ(
        report_text(diagnostics_, ReportStyle::coloured),
        "\x1b[1m" + path_ + ":1:1:\x1b[0m warning: odd\n    version: 1\n    \x1b[33m^\x1b[0m\n" +
            "\x1b[1m" + path_ +
            ":2:10:\x1b[0m wrong \"x\"\n    listen:  x\n             \x1b[31m^\x1b[0m\n"
            "\x1b[1mmissing.yaml:1:1:\x1b[0m cannot be read\n"
    );
}

TEST_F(Report, IsOneJsonDocument) {
    const std::string expected = R"({
  "errors": 2,
  "warnings": 1,
  "diagnostics": [
    {
      "file": "PATH",
      "line": 1,
      "column": 1,
      "severity": "warning",
      "message": "odd"
    },
    {
      "file": "PATH",
      "line": 2,
      "column": 10,
      "severity": "error",
      "message": "wrong \"x\""
    },
    {
      "file": "missing.yaml",
      "line": 1,
      "column": 1,
      "severity": "error",
      "message": "cannot be read"
    }
  ]
}
)";
    std::string json = report_json(diagnostics_);
    for (auto at = json.find(path_); at != std::string::npos; at = json.find(path_))
        json.replace(at, path_.size(), "PATH");
    EXPECT_EQ(json, expected);
}

TEST(ReportCounts, AreOfAllAndNotOnlyOfThoseShown) {
    Diagnostics diagnostics;
    EXPECT_EQ(report_counts(diagnostics), "");
    EXPECT_EQ(
        report_json(diagnostics),
        "{\n  \"errors\": 0,\n  \"warnings\": 0,\n  \"diagnostics\": []\n}\n"
    );
    const auto file = diagnostics.add_file("\xff.yaml");
    diagnostics.warning({file, 1, 1}, "odd");
    EXPECT_EQ(report_counts(diagnostics), "1 warning");
    for (int i = 0; i < 60; ++i) diagnostics.error({file, 1, 1}, "wrong");
    EXPECT_EQ(report_counts(diagnostics), "60 errors, 1 warning");
    const std::string json = report_json(diagnostics);
    EXPECT_THAT(json, ::testing::HasSubstr("\"errors\": 60"));
    EXPECT_THAT(json, ::testing::HasSubstr("\"file\": \"\xef\xbf\xbd.yaml\""));
    EXPECT_THAT(json, ::testing::Not(::testing::HasSubstr("left out")));
}

}  // namespace
}  // namespace weft
