#include "server/address_counts.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

AddressBytes address(std::string_view text) { return parse_address(text).value(); }

TEST(AddressCounts, LetsSoManyOfAnAddressInAndOthersBesides) {
    AddressCounts counts;
    const auto first = counts.enter(address("192.0.2.1"), 2);
    auto second = counts.enter(address("192.0.2.1"), 2);
    EXPECT_TRUE(first && second);
    EXPECT_FALSE(counts.enter(address("192.0.2.1"), 2));
    EXPECT_TRUE(counts.enter(address("192.0.2.2"), 2));
    second.reset();
    EXPECT_TRUE(counts.enter(address("192.0.2.1"), 2));
}

TEST(AddressCounts, APlaceThatMovesCountsOnce) {
    AddressCounts counts;
    {
        auto place = counts.enter(address("192.0.2.1"), 1);
        const AddressCounts::Place moved = *std::move(place);
        EXPECT_FALSE(counts.enter(address("192.0.2.1"), 1));
    }
    EXPECT_TRUE(counts.enter(address("192.0.2.1"), 1));
}

TEST(AddressCounts, AnIpv6ClientIsItsNetwork) {
    AddressCounts counts;
    const auto one = counts.enter(address("2001:db8:0:1::1"), 1);
    EXPECT_FALSE(counts.enter(address("2001:db8:0:1:ffff::2"), 1));
    EXPECT_TRUE(counts.enter(address("2001:db8:0:2::1"), 1));
}

}  // namespace
}  // namespace weft
