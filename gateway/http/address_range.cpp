#include "http/address_range.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace weft {
namespace {

constexpr unsigned mapped_bits = 96;  // before the IPv4 address in its mapped form

// The address with everything behind the prefix zero.
AddressBytes masked(const AddressBytes& address, unsigned bits) noexcept {
    AddressBytes masked{};
    for (std::size_t i = 0; i < masked.size(); ++i) {
        const unsigned kept = std::min(bits - std::min(bits, static_cast<unsigned>(i * 8)), 8U);
        masked[i] = static_cast<std::uint8_t>(address[i] & (0xff00U >> kept));
    }
    return masked;
}

std::optional<unsigned> parse_bits(std::string_view digits, unsigned most) {
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc{} || end != digits.data() + digits.size() || bits > most) {
        return std::nullopt;
    }
    return bits;
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
    const std::string terminated{text};
    AddressBytes bytes{};
    if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return bytes;
    bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + mapped_bits / 8) == 1) return bytes;
    return std::nullopt;
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const auto first = parse_address(text.substr(0, slash));
    if (!first) return std::nullopt;
    const bool is_ipv4 = text.find(':') == std::string_view::npos;
    unsigned bits = 128;
    if (slash < text.size()) {
        const unsigned before = is_ipv4 ? mapped_bits : 0;
        const auto written = parse_bits(text.substr(slash + 1), bits - before);
        if (!written) return std::nullopt;
        bits = before + *written;
    }
    if (masked(*first, bits) != *first) return std::nullopt;
    return AddressRange{*first, bits};
}

bool AddressRange::contains(const AddressBytes& address) const noexcept {
    return masked(address, bits_) == first_;
}

bool contains(std::span<const AddressRange> ranges, const AddressBytes& address) noexcept {
    return std::ranges::any_of(ranges, [&](const AddressRange& range) {
        return range.contains(address);
    });
}

}  // namespace weft
