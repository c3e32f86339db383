#include "http/address_range.hpp"

#include <gtest/gtest.h>

namespace weft {
namespace {

bool holds(std::string_view range, std::string_view address) {
    return AddressRange::parse(range).value().contains(parse_address(address).value());
}

TEST(AddressRange, ContainsWhatSharesItsPrefix) {
    EXPECT_TRUE(holds("10.0.0.0/8", "10.255.1.2"));
    EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.0"));
    EXPECT_TRUE(holds("192.0.2.128/25", "192.0.2.200"));
    EXPECT_FALSE(holds("192.0.2.128/25", "192.0.2.127"));
    EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
    EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
    EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.9"));
    EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
}

TEST(AddressRange, OfOneAddressContainsOnlyIt) {
    EXPECT_TRUE(holds("127.0.0.1", "127.0.0.1"));
    EXPECT_FALSE(holds("127.0.0.1", "127.0.0.2"));
    EXPECT_TRUE(holds("::1", "::1"));
}

TEST(AddressRange, KnowsAnIpv4AddressInItsMappedForm) {
    EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.2.3"));
}

TEST(AddressRange, IsNothingElse) {
    for (const auto* text :
         {"",
          "/",
          "10.0.0.0/",
          "10.0.0.0/33",
          "10.0.0.0/-1",
          "10.0.0.0/8x",
          "10.0.0.1/8",
          "10.0.0",
          "010.0.0.0/8",
          "::1/129",
          "2001:db8::1/32",
          "example.com",
          "127.0.0.1:80",
          "10.0.0.0 /8"}) {
        EXPECT_FALSE(AddressRange::parse(text)) << text;
    }
}

}  // namespace
}  // namespace weft
