// A range of IP addresses as operators write them: `10.0.0.0/8`, `2001:db8::/32`, or one address.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace weft {

// IPv4 addresses stand in IPv6's mapped form (RFC 4291 section 2.5.5.2), so that both compare.
using AddressBytes = std::array<std::uint8_t, 16>;

std::optional<AddressBytes> parse_address(std::string_view text);

class AddressRange {
  public:
    // Nothing if it is no range; bits of the address behind the prefix must be zero.
    static std::optional<AddressRange> parse(std::string_view text);

    bool contains(const AddressBytes& address) const noexcept;
    bool operator==(const AddressRange&) const = default;

  private:
    AddressRange(const AddressBytes& first, unsigned bits) noexcept : first_{first}, bits_{bits} {}

    AddressBytes first_;
    unsigned bits_;  // of the prefix, 0 to 128
};

bool contains(std::span<const AddressRange> ranges, const AddressBytes& address) noexcept;

}  // namespace weft
