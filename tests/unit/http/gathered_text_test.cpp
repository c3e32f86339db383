#include "http/gathered_text.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace weft {
namespace {

TEST(GatheredText, WritesNumbers) {
    std::string out = "before ";
    GatheredText{out}
        .number(0)
        .raw(" ")
        .number(9)
        .raw(" ")
        .number(10)
        .raw(" ")
        .number(1234)
        .raw(" ")
        .number(18446744073709551615U);
    EXPECT_EQ(out, "before 0 9 10 1234 18446744073709551615");
}

TEST(GatheredText, WritesEachNumberOfFewDigits) {
    for (std::uint64_t number = 0; number < 20'000; ++number) {
        std::string out;
        GatheredText{out}.number(number);
        ASSERT_EQ(out, std::to_string(number));
    }
}

TEST(GatheredText, HandsOnWhatItHasBeforeWhatIsLargerThanItsRoom) {
    std::string out;
    const std::string large(5000, 'x');
    GatheredText{out}.raw("a").raw(large).raw("b").number(7);
    EXPECT_EQ(out, "a" + large + "b7");
}

TEST(GatheredText, LosesNothingAtTheEndOfItsRoom) {
    for (std::size_t size = 1000; size < 1030; ++size) {
        std::string out;
        const std::string filler(size, 'x');
        GatheredText{out}.raw(filler).number(3).raw("").number(123456789).raw("end");
        EXPECT_EQ(out, filler + "3123456789end") << size;
        std::string shorter;
        GatheredText{shorter}.raw(filler).number(12).number(345).number(6789);
        EXPECT_EQ(shorter, filler + "123456789") << size;
    }
}

}  // namespace
}  // namespace weft
