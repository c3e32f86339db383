#include "compose/pieces.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

std::string joined(const Pieces& pieces) {
    std::string all;
    for (const std::string_view piece : pieces.take()) all += piece;
    return all;
}

TEST(Pieces, CopiesSmallPartsIntoOne) {
    std::string text;
    Pieces pieces{text, 1000};
    for (const std::string_view part : {"a", "bc", "", "d"}) pieces.append(part);
    EXPECT_EQ(pieces.take().size(), 1U);
    EXPECT_EQ(joined(pieces), "abcd");
}

TEST(Pieces, SplicesLargePartsWithoutACopy) {
    const std::string large(Pieces::large, 'x');
    std::string text;
    Pieces pieces{text, 100'000};
    pieces.append("<");
    pieces.append(large);
    pieces.append(">");
    pieces.append(">");
    const auto parts = pieces.take();
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[1].data(), large.data());
    EXPECT_EQ(joined(pieces), "<" + large + ">>");
}

TEST(Pieces, GoesBackToAMark) {
    const std::string large(Pieces::large, 'x');
    std::string text;
    Pieces pieces{text, 100'000};
    pieces.append("keep");
    const auto mark = pieces.mark();
    pieces.append("drop");
    pieces.append(large);
    pieces.append("drop");
    pieces.rewind(mark);
    pieces.append("ing");
    EXPECT_EQ(joined(pieces), "keeping");
}

TEST(Pieces, TakesItsLimitAndNotAByteMore) {
    std::string text;
    Pieces pieces{text, 4};
    pieces.append("abcd");
    EXPECT_FALSE(pieces.over_limit());
    pieces.append("e");
    EXPECT_TRUE(pieces.over_limit());
    pieces.append("");
    EXPECT_EQ(joined(pieces), "abcd");
}

}  // namespace
}  // namespace weft
