#include "telemetry/once_a_second.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

TEST(OnceASecond, LetsOneThroughEachSecond) {
    const TimePoint start{std::chrono::hours{1}};
    OnceASecond pace;
    EXPECT_TRUE(pace.pass(start));
    EXPECT_FALSE(pace.pass(start));
    EXPECT_FALSE(pace.pass(start + std::chrono::milliseconds{999}));
    EXPECT_TRUE(pace.pass(start + std::chrono::seconds{1}));
}

}  // namespace
}  // namespace weft
