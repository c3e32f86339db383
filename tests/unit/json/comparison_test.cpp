// One million documents: locate() against nlohmann_json and simdjson.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "json/locate.hpp"
#include "unit/json/comparable.hpp"
#include "unit/json/document_maker.hpp"
#include "unit/json/named_twice.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

using nlohmann::json;

constexpr int shards = 8;
constexpr int documents = 1'000'000 / shards;

struct Paths {
    explicit Paths(std::vector<std::string_view> texts) {
        for (const std::string_view text : texts) {
            all.push_back(path(text));
            set.add(all.back());
        }
    }
    std::vector<JsonPath> all;  // by id
    PathSet set;
};

// What a path names in a parsed document, found by walking down from the root for each path alone.
struct Expected {
    std::vector<const json*> values;
    bool not_a_list = false;
};

void walk(const json& at, std::span<const PathSegment> path, Expected& expected) {
    if (path.empty()) {
        expected.values.push_back(&at);
    } else if (const auto* name = std::get_if<MemberName>(&path.front())) {
        if (at.is_object() && at.contains(name->name)) {
            walk(at.at(name->name), path.subspan(1), expected);
        }
    } else if (const auto* index = std::get_if<ElementIndex>(&path.front())) {
        if (at.is_array() && index->index < at.size()) {
            walk(at.at(index->index), path.subspan(1), expected);
        }
    } else if (at.is_array()) {
        for (const json& element : at) walk(element, path.subspan(1), expected);
    } else {
        expected.not_a_list = true;
    }
}

class Comparison : public testing::TestWithParam<int> {
  protected:
    void compare(const std::string& text, const Paths& paths) {
        // Exactly as long as the text, so that reading past the end is seen.
        const std::vector<char> bytes(text.begin(), text.end());
        locate({bytes.data(), bytes.size()}, paths.set, located_);
        const std::string same = comparable(text);
        rewritten_ += same != text ? 1 : 0;
        const json document = json::parse(same, nullptr, false);
        const bool simdjson_accepts = simdjson_.parse(same).error() == simdjson::SUCCESS;
        ASSERT_EQ(document.is_discarded(), !simdjson_accepts) << "the libraries differ";
        if (document.is_discarded()) {
            ++refused_;
            ASSERT_FALSE(located_.ok());
            return;
        }
        NamedTwice twice{paths.all};
        ASSERT_TRUE(json::sax_parse(same, &twice));
        if (twice.found()) {
            ++duplicates_;
            ASSERT_EQ(located_.error, JsonError::duplicate_key);
            return;
        }
        ++accepted_;
        ASSERT_EQ(located_.error, JsonError::none) << "at " << located_.error_offset;
        compare_values(document, paths);
    }

    void compare_values(const json& document, const Paths& paths) {
        for (PathId id = 0; id != paths.all.size(); ++id) {
            Expected expected;
            walk(document, paths.all[id], expected);
            const LocatedValues values = located_.at(id);
            ASSERT_EQ(values.size(), expected.values.size()) << "path " << id;
            ASSERT_EQ(located_.not_a_list(id), expected.not_a_list) << "path " << id;
            for (std::size_t i = 0; i != values.size(); ++i) {
                const std::string value = comparable(values[i].text);
                ASSERT_EQ(json::parse(value, nullptr, false), *expected.values[i]) << "path " << id;
                ASSERT_EQ(value.find_first_of(" \t\r\n"), value.find_first_of(" \t\r\n", 1));
                ASSERT_EQ(std::string_view{" \t\r\n"}.find(value.back()), std::string_view::npos);
                ++values_;
            }
        }
    }

    Located located_;
    simdjson::dom::parser simdjson_;
    int accepted_ = 0;
    int refused_ = 0;
    int duplicates_ = 0;
    int rewritten_ = 0;
    int values_ = 0;
};

TEST_P(Comparison, AgreesWithTwoLibrariesAboutEveryDocument) {
    const Paths path_sets[] = {
        Paths{{"", "a", "b.a", "id"}},
        Paths{{"a[*]", "a[0]", "a.b", "a[*].id", "a[*].a[*]"}},
        Paths{{"[*]", "[*].a", "[1]", "[*][*]", "[0].b", "[*].a[*]", "[0][1]"}},
        Paths{{"id", "c[*].id", "b", "b.c.a", "\xC3\xA4", "a[*].b[*].c"}},
    };
    DocumentMaker maker{0x5EED0000ULL + static_cast<std::uint64_t>(GetParam())};
    for (int i = 0; i != documents; ++i) {
        const std::string text = maker.make();
        compare(text, path_sets[maker.below(std::size(path_sets))]);
        if (HasFatalFailure()) FAIL() << "document " << i << ": " << testing::PrintToString(text);
    }
    // Else the comparison would be of nothing.
    EXPECT_GT(accepted_, documents / 3);
    EXPECT_GT(refused_, documents / 4);
    EXPECT_GT(duplicates_, documents / 200);
    EXPECT_GT(rewritten_, documents / 20);
    EXPECT_GT(values_, documents / 4);
}

INSTANTIATE_TEST_SUITE_P(Shard, Comparison, testing::Range(0, shards));

}  // namespace
}  // namespace weft
