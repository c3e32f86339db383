// The words are defined once: what is made from them and checked in must be what would be made now.
// WEFT_UPDATE_WORDS=1 in the environment writes it.
#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "config/reference.hpp"
#include "config/schema.hpp"
#include "places.hpp"

namespace weft {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string root = source_tree();

std::string read(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream{root + '/' + name, std::ios::binary}.rdbuf();
    return std::move(text).str();
}

void expect_current(const std::string& name, const std::string& text) {
    if (std::getenv("WEFT_UPDATE_WORDS") != nullptr) {
        std::ofstream{root + '/' + name, std::ios::binary} << text;
    }
    EXPECT_EQ(read(name), text) << name << " is stale: run the test with WEFT_UPDATE_WORDS=1";
}

std::vector<WordMap> all_maps() {
    auto maps = maps_of(gateway_words());
    for (WordMap& map : maps_of(route_words())) maps.push_back(std::move(map));
    return maps;
}

TEST(Words, AreWhatTheSchemasSay) {
    expect_current("config/gateway.schema.json", gateway_schema());
    expect_current("routes/route.schema.json", routes_schema());
}

// A table stands between `<!-- words: NAME -->` and `<!-- end -->`.
TEST(Words, AreWhatTheReferencePageSays) {
    std::string page = read("docs/routes.md");
    for (const WordMap& map : all_maps()) {
        const std::string begin = "<!-- words: " + std::string{map.name} + " -->\n";
        const std::size_t at = page.find(begin);
        ASSERT_NE(at, std::string::npos) << "no table of " << map.name;
        const std::size_t table = at + begin.size();
        const std::size_t end = page.find("<!-- end -->", table);
        ASSERT_NE(end, std::string::npos) << "no end of the table of " << map.name;
        page.replace(table, end - table, '\n' + reference_table(map) + '\n');
        EXPECT_THAT(page, HasSubstr("# " + std::string{map.name} + "\n")) << "nothing to link to";
    }
    expect_current("docs/routes.md", page);
}

TEST(Words, AreDescribedEach) {
    for (const WordMap& map : all_maps()) {
        EXPECT_TRUE(map.meaning.ends_with('.')) << map.name;
        for (const Word& word : map.words) {
            if (word.presence == Presence::not_yet) continue;
            EXPECT_FALSE(word.meaning.empty()) << map.name << '.' << word.name;
            EXPECT_FALSE(word.meaning.ends_with('.')) << map.name << '.' << word.name;
            EXPECT_FALSE(word.form.looks_like.empty()) << map.name << '.' << word.name;
        }
    }
}

TEST(Words, TakeTheirDefaultsFromTheMembersTheyAreReadInto) {
    const auto maps = all_maps();
    const auto default_of = [&](std::string_view map, std::string_view name) {
        for (const WordMap& each : maps) {
            for (const Word& word : each.words) {
                if (each.name == map && word.name == name) return word.default_value;
            }
        }
        return std::string{"no such word"};
    };
    EXPECT_EQ(default_of("gateway", "listen"), "127.0.0.1:8080");
    EXPECT_EQ(default_of("gateway", "workers"), "auto");
    EXPECT_EQ(default_of("gateway", "version"), "");
    EXPECT_EQ(default_of("admin", "expose"), "false");
    EXPECT_EQ(default_of("defaults", "connect_timeout"), "250ms");
    EXPECT_EQ(default_of("defaults", "max_body"), "8MiB");
    EXPECT_EQ(default_of("upstream", "timeout"), "");
    EXPECT_EQ(default_of("upstream", "max_connections"), "256");
    EXPECT_EQ(default_of("upstream", "balance"), "least_requests");
    EXPECT_EQ(default_of("circuit_breaker", "window"), "10s");
    EXPECT_EQ(default_of("route", "method"), "GET");
    EXPECT_EQ(default_of("step", "required"), "true");
    EXPECT_EQ(default_of("response", "status"), "200");
}

TEST(Words, AreCellsOfATableWhateverTheyHold) {
    WordMap map{"m", "M.", {Word{"a", "one | two"}}, {}};
    map.words[0].form.looks_like = "x|y";
    EXPECT_EQ(
        reference_table(map),
        "| key | value | default | meaning |\n|---|---|---|---|\n"
        "| `a` | x\\|y |  | one \\| two |\n"
    );
}

}  // namespace
}  // namespace weft
