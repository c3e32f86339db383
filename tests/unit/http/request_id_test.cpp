#include "http/request_id.hpp"

#include <gtest/gtest.h>

#include <string>

namespace weft {
namespace {

TEST(RequestId, IsAcceptedOnlyIfItIsWellFormed) {
    EXPECT_TRUE(is_request_id("a"));
    EXPECT_TRUE(is_request_id("AZaz09._-"));
    EXPECT_TRUE(is_request_id(std::string(64, 'x')));
    EXPECT_FALSE(is_request_id(""));
    EXPECT_FALSE(is_request_id(std::string(65, 'x')));
    EXPECT_FALSE(is_request_id("a b"));
    EXPECT_FALSE(is_request_id("a\"b"));
    EXPECT_FALSE(is_request_id("a\xc3\xa9"));
}

}  // namespace
}  // namespace weft
