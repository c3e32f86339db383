#include <gmock/gmock.h>
#include <pthread.h>

#include "config/source_text.hpp"
#include "unit/config/loading.hpp"

namespace weft {
namespace {

using testing::ConfigFolder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::load_folder;
using testing::load_route_file;
using testing::Loaded;
using ::testing::SizeIs;

constexpr std::size_t mib = 1 << 20;

// As often as fits into the largest file.
std::string repeated(const std::string& part) {
    std::string text;
    text.reserve(mib);
    while (text.size() + part.size() <= mib) text += part;
    return text;
}

std::string times(std::size_t count, const std::string& part) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += part;
    return text;
}

struct Case {
    std::string name;
    std::string bytes;
    std::string diagnostic;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class RefusedBytes : public ::testing::TestWithParam<Case> {};

TEST_P(RefusedBytes, AreReportedAtTheFirst) {
    EXPECT_THAT(load_route_file(GetParam().bytes).diagnostics, ElementsAre(GetParam().diagnostic));
}

const std::string begin = "x: { path: /x }\n# ";
constexpr const char* not_utf8 = "r.yaml:2:3: this is not UTF-8: save the file in that encoding";
constexpr const char* control =
    "a control character: write it as an escape in double quotes, such as \"\\x1b\"";

INSTANTIATE_TEST_SUITE_P(
    Bytes,
    RefusedBytes,
    ::testing::Values(
        Case{
            "NUL",
            begin + std::string(1, '\0') + "y: 1\n",
            "r.yaml:2:3: a NUL byte: is this a YAML file in UTF-8?"},
        Case{
            "UTF-16",
            std::string("x\0:\0", 4),
            "r.yaml:1:2: a NUL byte: is this a YAML file in UTF-8?"},
        Case{
            "UTF-16 with its mark",
            "\xff\xfex",
            "r.yaml:1:1: this is not UTF-8: save the file in that encoding"},
        // yaml-cpp takes it for the end of the file.
        Case{"end of transmission", begin + "\x04\ny: 1\n", std::string("r.yaml:2:3: ") + control},
        Case{"delete", begin + "\x7f", std::string("r.yaml:2:3: ") + control},
        Case{
            "carriage return alone",
            "x: { path: /x }\ry: 1\n",
            "r.yaml:1:16: a carriage return that does not belong to a line end"},
        Case{
            "carriage return at the end",
            "x: { path: /x }\r",
            "r.yaml:1:16: a carriage return that does not belong to a line end"},
        Case{"continuation byte", begin + "\x80", not_utf8},
        Case{"overlong slash", begin + "\xc0\xaf", not_utf8},
        Case{"overlong in three", begin + "\xe0\x80\xaf", not_utf8},
        Case{"overlong in four", begin + "\xf0\x80\x80\xaf", not_utf8},
        Case{"surrogate", begin + "\xed\xa0\x80", not_utf8},
        Case{"beyond Unicode", begin + "\xf4\x90\x80\x80", not_utf8},
        Case{"cut at the end", begin + "\xe2\x82", not_utf8},
        Case{"cut in the middle", begin + "\xe2\x82 x", not_utf8},
        Case{
            "too large",
            std::string(mib + 1, '\n'),
            "r.yaml:1:1: the file is larger than 1 MiB: split it"},
        Case{
            "far too large",
            std::string(8 * mib, 'x'),
            "r.yaml:1:1: the file is larger than 1 MiB: split it"},
        Case{
            "lists in lists on one line",
            std::string(100'000, '['),
            "r.yaml:1:1: a key must be text; a value with braces in it needs double quotes"},
        Case{
            "block lists",
            repeated("- "),
            "r.yaml:1:129: values are nested more than 64 levels deep"},
        Case{
            "maps as keys",
            repeated("? "),
            "r.yaml:1:3: a key must be text; a value with braces in it needs double quotes"},
        Case{
            "many values",
            "x: [" + repeated("a,").substr(8) + "]",
            "r.yaml:1:200003: the file holds too much: more than 100000 values"},
        Case{
            "documents without end",
            repeated("---\n"),
            "r.yaml:2:1: a second document: one file holds one YAML document"},
        Case{
            "an open quote before a megabyte",
            "x: \"" + std::string(mib - 4, ' '),
            "r.yaml:1:1048577: the quote before this is not closed"}
    )
);

TEST(HostileYaml, OfTheLargestSizeIsRead) {
    const std::string route = "x: { path: /x }\n#";
    EXPECT_THAT(
        load_route_file(route + std::string(mib - route.size(), 'c')).diagnostics, IsEmpty()
    );
}

TEST(HostileYaml, NestedAsDeepAsIsAllowedIsRead) {
    const std::string body = std::string(61, '[') + std::string(61, ']');
    EXPECT_THAT(
        load_route_file("x: { path: /x, response: { body: " + body + " } }\n").diagnostics,
        IsEmpty()
    );
    EXPECT_THAT(
        load_route_file("x: { path: /x, response: { body: [" + body + "] } }\n").diagnostics,
        ElementsAre("r.yaml:1:95: values are nested more than 64 levels deep")
    );
}

// Ten aliases in each of thirty levels: 10^30 values.
TEST(HostileYaml, CannotMultiplyValuesByAliases) {
    std::string yaml = "a0: &a0 [1]\n";
    for (int level = 1; level <= 30; ++level) {
        const std::string last = "*a" + std::to_string(level - 1);
        yaml += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" +
                times(9, last + ", ") + last + "]\n";
    }
    EXPECT_THAT(
        load_route_file(yaml).diagnostics, ElementsAre(HasSubstr("more than 100000 values"))
    );
}

TEST(HostileYaml, CannotMultiplyTextByAliases) {
    const std::string text(500'000, 'x');
    const std::string yaml = "a: &a \"" + text + "\"\nb: [" + times(1'000, "*a, ") + "*a]\n";
    EXPECT_THAT(
        load_route_file(yaml).diagnostics, ElementsAre(HasSubstr("more than 100000 values"))
    );
}

TEST(HostileYaml, CannotNestByAliases) {
    std::string yaml = "a0: &a0 [1]\n";
    for (int level = 1; level <= 100; ++level) {
        const std::string name = "a" + std::to_string(level);
        yaml += name + ": &" + name + " [*a" + std::to_string(level - 1) + "]\n";
    }
    EXPECT_THAT(
        load_route_file(yaml).diagnostics,
        ElementsAre("r.yaml:64:12: this alias nests values more than 64 levels deep")
    );
}

TEST(HostileYaml, CannotMultiplyTheEnvironment) {
    std::string yaml = "x:\n  path: /x\n  response:\n    body:\n";
    yaml += times(1'000, "      - ${env.V}\n");
    EXPECT_THAT(
        load_route_file(yaml, {{"V", std::string(60'000, 'v')}}).diagnostics,
        ElementsAre(
            "r.yaml:284:9: the environment's text makes the configuration larger than 16 MiB"
        )
    );
}

TEST(HostileYaml, WithThousandsOfMistakesIsReportedInFewLines) {
    std::string yaml;
    for (int i = 0; i < 5'000; ++i) yaml += "k" + std::to_string(i) + ": { tiemout: 1s }\n";
    const Loaded loaded = load_route_file(yaml);
    ASSERT_THAT(loaded.diagnostics, SizeIs(Diagnostics::max_errors + 1));
    EXPECT_EQ(loaded.diagnostics.back(), "9950 more errors are left out");
}

// Whatever it says about them: it ends, within memory and with a bounded stack.
TEST(HostileYaml, OfAnyShapeIsSurvived) {
    const std::vector<std::string> parts{
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "a: ",
        "&a ",
        "! ",
        "*a ",
        "!",
        "%a\n",
        "'",
        "\"",
        "\\",
        "|\n",
        ">\n ",
        "\t",
        " \t",
        "[\n",
        "a,",
        "[],",
        "a: b,",
        "''",
        "\"\"",
        "? k\n",
        "- -\n",
        "# \n",
        "$",
        "${",
        "${env.",
        "$${",
        "}",
        "]",
        "---",
        "...\n",
        "- &a a\n",
        "\"\\u0000\"\n",
        "\r\n",
        "\xc3\xa4",
        "<<: *a\n",
        "@",
        "`",
        "- |\n",
    };
    for (const std::string& part : parts) {
        for (const char* start : {"", "x: ", "x: [", "x: \"", "x: |\n "}) {
            const std::string text = times(4'000, part);
            const Loaded loaded = load_route_file(start + text);
            EXPECT_LE(loaded.diagnostics.size(), Diagnostics::max_errors + 2) << start << part;
        }
    }
}

// A thread's stack of 256 KiB holds what the deepest file needs.
TEST(HostileYaml, NeedsABoundedStack) {
    const std::string deepest =
        "x: { path: /x, response: { body: " + std::string(61, '[') + std::string(61, ']') + " } }";
    const std::vector<std::string> files{
        deepest, repeated("[\n"), repeated("- "), repeated("{a:\n")};
    pthread_attr_t attributes;
    ASSERT_EQ(pthread_attr_init(&attributes), 0);
    ASSERT_EQ(pthread_attr_setstacksize(&attributes, 256 << 10), 0);
    for (const std::string& file : files) {
        pthread_t thread{};
        const auto run = [](void* text) -> void* {
            load_route_file(*static_cast<std::string*>(text));
            return nullptr;
        };
        std::string text = file;
        ASSERT_EQ(pthread_create(&thread, &attributes, run, &text), 0);
        ASSERT_EQ(pthread_join(thread, nullptr), 0);
    }
    pthread_attr_destroy(&attributes);
}

// Every prefix of a file that has all of it.
TEST(HostileYaml, CutAnywhereIsSurvived) {
    const std::string yaml =
        "x: &x\n  path: \"/x/\\u00e4{id}\"\n  steps:\n    a: { upstream: 'o''o', path: /a, query: "
        "{ "
        "q: \"${env.Q:-1}\" } }\n    b:\n      fallback: [1, ~, {a: b}]\n      for_each: |-\n      "
        " "
        " ${a[*].b}\n  response: { body: *y }\r\n# ä\n";
    const ConfigFolder folder;
    folder.write("gateway.yaml", "version: 1\nroutes: r.yaml\n");
    for (std::size_t length = 0; length <= yaml.size(); ++length) {
        folder.write("r.yaml", yaml.substr(0, length));
        load_folder(folder);
    }
    for (std::size_t at = 0; at < yaml.size(); ++at) {
        for (const char c : {'[', '"', ':', '!'}) {
            std::string changed = yaml;
            changed[at] = c;
            folder.write("r.yaml", changed);
            load_folder(folder);
        }
    }
}

}  // namespace
}  // namespace weft
