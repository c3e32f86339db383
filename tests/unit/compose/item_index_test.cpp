#include "compose/item_index.hpp"

#include <gtest/gtest.h>

#include <string>

#include "compose/text_hash.hpp"

namespace weft::test {
namespace {

struct HashRow {
    std::size_t size;
    std::uint64_t hash;
};

// The key 00 01 .. 0f and texts 00 01 .. of each size, as the reference implementation has them.
TEST(TextHash, IsSipHash) {
    const HashKey key{0x0706050403020100, 0x0f0e0d0c0b0a0908};
    const HashRow rows[] = {
        {0, 0x726fdb47dd0e0e31},
        {1, 0x74f839c593dc67fd},
        {7, 0xab0200f58b01d137},
        {8, 0x93f5f5799a932462},
        {15, 0xa129ca6149be45e5},
    };
    for (const HashRow& row : rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size; ++i) text += static_cast<char>(i);
        EXPECT_EQ(keyed_hash(key, text), row.hash) << row.size;
    }
}

TEST(ItemIndex, FindsNothingBeforeAnythingIsAdded) {
    const ItemIndex index;
    EXPECT_EQ(index.find("a"), ItemIndex::none);
}

TEST(ItemIndex, KeepsTheFirstPlaceOfEachText) {
    ItemIndex index;
    EXPECT_EQ(index.add("a", 0), 0U);
    EXPECT_EQ(index.add("", 1), 1U);
    EXPECT_EQ(index.add("a", 2), 0U);
    EXPECT_EQ(index.find("a"), 0U);
    EXPECT_EQ(index.find(""), 1U);
    EXPECT_EQ(index.find("b"), ItemIndex::none);
    EXPECT_EQ(index.size(), 2U);
}

TEST(ItemIndex, FindsEachOfManyTexts) {
    ItemIndex index;
    for (std::uint32_t i = 0; i < 1000; ++i) index.add("item-" + std::to_string(i), i);
    for (std::uint32_t i = 0; i < 1000; ++i) {
        EXPECT_EQ(index.find("item-" + std::to_string(i)), i);
    }
    EXPECT_EQ(index.find("item-1000"), ItemIndex::none);
}

JsonValue value_of(std::string_view text) { return {json_type(text.front()), text}; }

TEST(ItemIndex, TakesAJsonScalarForItsText) {
    ItemIndex index;
    std::uint32_t place = 0;
    for (const char* text : {"7", "a\"b", "true", "null", "[]", "\xC3\xA9", "{}", "1.0"}) {
        index.add(text, place++);
    }
    struct Row {
        const char* json;
        std::uint32_t place;
    };
    const Row rows[] = {
        {"7", 0},
        {R"("7")", 0},
        {R"("\u0037")", 0},
        {R"("a\"b")", 1},
        {"true", 2},
        {R"("true")", 2},
        {"null", ItemIndex::none},
        {R"("null")", 3},
        {"[]", ItemIndex::none},
        {"{}", ItemIndex::none},
        {R"("[]")", 4},
        {R"("\u00e9")", 5},
        {"7.0", ItemIndex::none},
        {"1.0", 7},
        {R"("\ud800")", ItemIndex::none},
        {R"("")", ItemIndex::none},
    };
    for (const Row& row : rows) EXPECT_EQ(index.find(value_of(row.json)), row.place) << row.json;
}

}  // namespace
}  // namespace weft::test
