#include "compose/inputs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(QueryValues, AreAllOfThatNameDecodedInOrder) {
    EXPECT_THAT(query_values("a=1&b=2&a=3", "a"), ElementsAre("1", "3"));
    EXPECT_THAT(query_values("a=%26%3D+%20", "a"), ElementsAre("&=+ "));
    EXPECT_THAT(query_values("a=b=c", "a"), ElementsAre("b=c"));
    EXPECT_THAT(query_values("%61=1", "a"), ElementsAre("1"));
    EXPECT_THAT(query_values("a&a=", "a"), ElementsAre("", ""));
}

TEST(QueryValues, OfANameThatIsNotThereAreNone) {
    EXPECT_THAT(query_values("", "a"), IsEmpty());
    EXPECT_THAT(query_values("aa=1&A=2&&b", "a"), IsEmpty());
    EXPECT_THAT(query_values("&&", ""), IsEmpty());
}

}  // namespace
}  // namespace weft
