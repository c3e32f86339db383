#include "telemetry/line_text.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "telemetry/json_line.hpp"

namespace weft {
namespace {

TEST(LineText, HandsEverythingOnInOrder) {
    std::string out = "before ";
    {
        LineText line{out};
        line.raw("a").number(7).foreign("b").raw("").number(0);
    }
    EXPECT_EQ(out, "before a7\"b\"0");
}

// Each size, so that every piece comes to stand across the end of the buffer once.
TEST(LineText, LosesNothingWhereItsBufferEnds) {
    for (std::size_t size = 0; size < 1100; ++size) {
        const std::string filling(size, 'x');
        std::string out;
        {
            LineText line{out};
            line.raw(filling).number(std::numeric_limits<std::uint64_t>::max()).foreign("text");
        }
        ASSERT_EQ(out, filling + "18446744073709551615\"text\"");
    }
}

TEST(LineText, EscapesAndCutsAsEveryLogDoes) {
    const std::string texts[] = {
        "a\"b", "\x1b[2J", "caf\xc3\xa9", "\xff", std::string(300, 'x'), ""};
    for (const std::string& text : texts) {
        std::string expected = "1";
        append_logged_text(expected, text);
        std::string out;
        LineText{out}.number(1).foreign(text);
        EXPECT_EQ(out, expected) << text;
    }
}

TEST(LineText, SeesWhatIsToBeEscapedAtEachPlace) {
    for (std::size_t size = 1; size < 50; ++size) {
        for (std::size_t place = 0; place < size; ++place) {
            std::string text(size, 'x');
            text[place] = '\n';
            std::string expected = "\"after\"";
            append_logged_text(expected, text);
            std::string out;
            LineText{out}.foreign("after").foreign(text);
            ASSERT_EQ(out, expected);
        }
    }
}

}  // namespace
}  // namespace weft
