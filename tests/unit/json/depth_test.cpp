#include <gmock/gmock.h>

#include <string>

#include "json/locate.hpp"
#include "unit/json/paths.hpp"

namespace weft {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

std::string nested(std::string_view open, std::string_view close, std::size_t depth) {
    return repeated(open, depth) + repeated(close, depth);
}

PathSet with(std::string_view text) {
    PathSet paths;
    paths.add(path(text));
    return paths;
}

TEST(JsonDepth, SixtyFourArraysAreFineAndOneMoreIsTooDeep) {
    EXPECT_TRUE(located_in(nested("[", "]", 64), PathSet{}).ok());
    const Located deeper = located_in(nested("[", "]", 65), PathSet{});
    EXPECT_EQ(deeper.error, JsonError::too_deep);
    EXPECT_EQ(deeper.error_offset, 64U);
}

TEST(JsonDepth, ObjectsCountAsArraysDo) {
    const std::string open = "{\"a\":[";
    EXPECT_TRUE(located_in(nested(open, "]}", 32), PathSet{}).ok());
    const Located deeper = located_in(repeated(open, 32) + "{" + repeated("}]", 32), PathSet{});
    EXPECT_EQ(deeper.error, JsonError::too_deep);
    EXPECT_EQ(deeper.error_offset, 32 * open.size());
}

TEST(JsonDepth, IsTheSameAlongAPath) {
    const std::string every = repeated("[*]", 70);
    EXPECT_TRUE(located_in(nested("[", "]", 64), with(every)).ok());
    const Located arrays = located_in(nested("[", "]", 65), with(every));
    EXPECT_EQ(arrays.error, JsonError::too_deep);
    EXPECT_EQ(arrays.error_offset, 64U);

    const std::string members = "a" + repeated(".a", 69);
    EXPECT_TRUE(located_in(repeated("{\"a\":", 64) + "1" + repeated("}", 64), with(members)).ok());
    const Located objects = located_in(repeated("{\"a\":", 65), with(members));
    EXPECT_EQ(objects.error, JsonError::too_deep);
    EXPECT_EQ(objects.error_offset, 64U * 5);
}

TEST(JsonDepth, ValuesBesideEachOtherDoNotAddUp) {
    const std::string deep = nested("[", "]", 63);
    EXPECT_TRUE(located_in("[" + deep + "," + deep + "]", PathSet{}).ok());
}

TEST(JsonDepth, AMillionBracketsAreRefusedAtTheFirstTooMany) {
    const Located located = located_in(std::string(1'000'000, '['), with("[*][*]"));
    EXPECT_EQ(located.error, JsonError::too_deep);
    EXPECT_EQ(located.error_offset, 64U);
    EXPECT_TRUE(located.at(0).empty());
}

TEST(JsonLength, FourGibibytesAreRefusedUnread) {
    const std::string_view text{"{}", std::size_t{1} << 32U};
    EXPECT_EQ(located_in(text, PathSet{}).error, JsonError::syntax);
}

}  // namespace
}  // namespace weft
