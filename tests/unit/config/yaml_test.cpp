#include <gmock/gmock.h>

#include "unit/config/loading.hpp"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using testing::load_route_file;
using testing::Loaded;

struct Case {
    std::string name;
    std::string yaml;
    std::vector<std::string> diagnostics;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

constexpr const char* quote_hint =
    "; a value with \"${\" needs double quotes inside { } and [ ], and wherever it holds \": \" or "
    "\" #\"";

class YamlMistakes : public ::testing::TestWithParam<Case> {};

TEST_P(YamlMistakes, AreReportedWithTheirPlace) {
    EXPECT_THAT(
        load_route_file(GetParam().yaml).diagnostics, ElementsAreArray(GetParam().diagnostics)
    );
}

INSTANTIATE_TEST_SUITE_P(
    Files,
    YamlMistakes,
    ::testing::Values(
        Case{
            "duplicate key",
            "x:\n  path: /a\n  timeout: 1s\n  path: /b\n",
            {"r.yaml:4:3: duplicate key \"path\" (first at 2:3)"}},
        Case{
            "duplicate route",
            "x: { path: /a }\n\"x\": { path: /b }\n",
            {"r.yaml:2:2: duplicate key \"x\" (first at 1:1)"}},
        Case{
            "duplicate key deep in a body",
            "x:\n  path: /a\n  response: { body: [{ a: 1, b: 2, a: 3 }] }\n",
            {"r.yaml:3:36: duplicate key \"a\" (first at 3:24)"}},
        Case{
            "two documents",
            "x: { path: /x }\n---\ny: { path: /y }\n",
            {"r.yaml:2:1: a second document: one file holds one YAML document"}},
        Case{
            "an empty second document",
            "x: { path: /x }\n---\n",
            {"r.yaml:2:1: a second document: one file holds one YAML document"}},
        Case{
            "a line too far to the left",
            "  x: { path: /x }\n y: { path: /y }\n",
            {"r.yaml:2:2: this stands further left than the lines before it: check the "
             "indentation"}},
        Case{
            "a tag on a scalar",
            "x: { path: !!str /x }\n",
            {"r.yaml:1:12: tags such as !!str are not used here: put text in quotes"}},
        Case{
            "a tag that says nothing",
            "x: { path: ! /x }\n",
            {"r.yaml:1:12: tags such as !!str are not used here: put text in quotes"}},
        Case{
            "a tag behind an anchor, on a map",
            "x: &a !route { path: /x }\n",
            {"r.yaml:1:4: tags such as !!str are not used here: put text in quotes"}},
        Case{
            "a tag on nothing",
            "x: { path: !!null }\n",
            {"r.yaml:1:12: tags such as !!str are not used here: put text in quotes"}},
        Case{
            "a cycle",
            "x: { path: /x, response: { body: &b [*b] } }\n",
            {"r.yaml:1:38: this alias is part of the value it names"}},
        Case{
            "a longer cycle",
            "x: &x\n  path: /x\n  response:\n    body: { a: { b: *x } }\n",
            {"r.yaml:4:21: this alias is part of the value it names"}},
        Case{
            "an alias of nothing", "x: *y\n", {"r.yaml:1:4: this alias names no anchor before it"}},
        Case{
            "an alias as a key",
            "x: { path: &p /x }\n*p : { path: /y }\n",
            {"r.yaml:2:1: an alias cannot be a key"}},
        Case{
            "a star",
            "x: { path: * }\n",
            {"r.yaml:1:13: a value cannot begin with \"*\" unless it is an alias: put it in double "
             "quotes"}},
        Case{
            "a list as a key",
            "? [a]\n: b\n",
            {"r.yaml:1:3: a key must be text; a value with braces in it needs double quotes"}},
        Case{
            "a map as a key",
            "x: {{ a: b }: c}\n",
            {"r.yaml:1:5: a key must be text; a value with braces in it needs double quotes"}},
        Case{
            "null as a key",
            "null: { path: /x }\n",
            {"r.yaml:1:1: a key is missing here, or is null: a key is text, \"null\" in quotes"}},
        Case{
            "no key",
            ": { path: /x }\n",
            {"r.yaml:1:1: a key is missing here, or is null: a key is text, \"null\" in quotes"}},
        Case{
            "octal-looking numbers",
            "x:\n  path: 010\n  response: { body: [08, -07, \"010\", 0] }\n",
            {"r.yaml:2:9: 010 is octal to some YAML readers and decimal to others: write the "
             "number without the leading zero, or \"010\" in quotes if it is text",
             "r.yaml:3:22: 08 is octal to some YAML readers and decimal to others: write the "
             "number without the leading zero, or \"08\" in quotes if it is text",
             "r.yaml:3:26: -07 is octal to some YAML readers and decimal to others: write the "
             "number without the leading zero, or \"-07\" in quotes if it is text"}},
        Case{
            "an octal-looking key",
            "x:\n  path: /x\n  response: { body: { 007: 1 } }\n",
            {"r.yaml:3:23: 007 is octal to some YAML readers and decimal to others: write the "
             "number without the leading zero, or \"007\" in quotes if it is text"}},
        Case{
            "an expression cut by a comment",
            "x:\n  path: /x/${join(a, ' # ')}\n",
            {"r.yaml:2:12: \"${\" is not closed: YAML ends a plain value at \" #\"; put the value "
             "in double quotes"}},
        Case{
            "an expression that has no end",
            "x:\n  path: /x/${a}/${b\n  timeout: 1s\n",
            {"r.yaml:2:17: \"${\" is not closed; a value with blanks, \": \", \" #\" or braces in "
             "it "
             "is best put in double quotes"}},
        Case{
            "an expression cut by a colon",
            "x:\n  path: /x/${a: b}\n",
            {"r.yaml:2:12: \"${\" is not closed; a value with blanks, \": \", \" #\" or braces in "
             "it "
             "is best put in double quotes"}},
        Case{
            "an expression without quotes in braces",
            "x: { path: /x/${a} }\n",
            {std::string("r.yaml:1:16: \"}\" or \",\" is missing here") + quote_hint}},
        Case{
            "a parameter without quotes in braces",
            "x: { path: /x/{id} }\n",
            {"r.yaml:1:15: \"}\" or \",\" is missing here; a value with \"{\" needs double quotes "
             "inside { } and [ ]"}},
        Case{
            "a comma that is missing behind a parameter in quotes",
            "x: { path: \"/x/{id}\" timeout: 1s }\n",
            {"r.yaml:1:22: \"}\" or \",\" is missing here"}},
        Case{
            "an expression without quotes in brackets",
            "x:\n  path: /x\n  response: { body: [${a}, ${b}] }\n",
            {std::string("r.yaml:3:23: \"]\" or \",\" is missing here") + quote_hint}},
        Case{
            "a tab in the indentation",
            "x:\n  path: /x\n\ttimeout: 1s\n",
            {"r.yaml:3:1: a tab in the indentation: use spaces"}},
        Case{
            "a tab that is all of the indentation",
            "x:\n\tpath: /x\n",
            {"r.yaml:2:6: a tab in the indentation: use spaces"}},
        Case{
            "an open quote",
            "x:\n  path: '/x\n  timeout: 1s\n",
            {"r.yaml:2:9: this quote is not closed"}},
        Case{
            "an open double quote that ends in an escaped one",
            "x:\n  path: \"/x\\\"\n",
            {"r.yaml:2:9: this quote is not closed"}},
        Case{"an open bracket", "x: { path: /x\n", {"r.yaml:2:1: \"}\" or \",\" is missing here"}},
        Case{"a closed bracket", "x: }\n", {"r.yaml:1:4: this bracket closes nothing"}},
        Case{
            "a reserved character",
            "x: { path: @x }\n",
            {"r.yaml:1:12: a value cannot begin with this character: put the value in double "
             "quotes"}},
        Case{
            "an escape that the end of the file cuts",
            "path: \"/a\\u9\"",
            {"r.yaml:1:14: this is not YAML: bad character found while scanning hex number"}},
        Case{
            "an unknown escape",
            "x: { path: \"/\\d\" }\n",
            {"r.yaml:1:16: this escape does not exist in double quotes: write \\\\ for a "
             "backslash, "
             "or use single quotes"}},
        Case{
            "a list on the line of its key",
            "x: - a\n",
            {"r.yaml:1:4: a list cannot begin here: put \"- \" on a line of its own"}},
        Case{
            "a key without a colon",
            "x:\n  path: /x\n  timeout\n  method: GET\n",
            {"r.yaml:4:9: a \":\" that YAML does not expect here: check the indentation, and put a "
             "value that holds \": \" in double quotes"}},
        Case{
            "a terminal escape in a name",
            "x: { path: /x, \"\\e[31m\": 1 }\n",
            {"r.yaml:1:17: unknown key \"\\x1b[31m\" in route \"x\""}},
        Case{
            "a very long name",
            "x: { path: /x, " + std::string(300, 'k') + ": 1 }\n",
            {"r.yaml:1:16: unknown key \"" + std::string(64, 'k') + "...\" in route \"x\""}}
    )
);

TEST(Yaml, FollowsAliases) {
    const Loaded loaded =
        load_route_file("x: { path: /x, response: { body: { a: &a [1, 2], b: *a } } }\n");
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    const YamlValue& body = *loaded.gateway.routes.at(0).response_body;
    EXPECT_EQ(body.members.at(1).value.items.at(1).scalar, "2");
}

TEST(Yaml, ReportsAMistakeBehindAnAliasAtItsOwnPlace) {
    EXPECT_THAT(
        load_route_file("x: { path: /x, timeout: &t 5 }\ny: { path: /y, timeout: *t }\n")
            .diagnostics,
        ElementsAre(
            "r.yaml:1:28: \"timeout\" in route \"x\" needs a unit: 5ms, if that is what is meant",
            "r.yaml:1:28: \"timeout\" in route \"y\" needs a unit: 5ms, if that is what is meant"
        )
    );
}

TEST(Yaml, AcceptsDocumentMarkersByteOrderMarkAndWindowsLineEnds) {
    const Loaded loaded =
        load_route_file("\xef\xbb\xbf---\r\nx:\r\n  path: \"/x\"\r\n  timeout: 5ms\r\n...\r\n");
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    EXPECT_EQ(loaded.gateway.routes.at(0).path.value, "/x");
    EXPECT_EQ(loaded.gateway.routes.at(0).path.at.line, 3U);
    EXPECT_EQ(loaded.gateway.routes.at(0).timeout.value, milliseconds(5));
}

}  // namespace
}  // namespace weft
