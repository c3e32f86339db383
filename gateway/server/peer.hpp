// Who is at the other end of a client connection.
#pragma once

#include <span>
#include <string>

#include "async/types.hpp"
#include "http/address_range.hpp"

namespace weft {

struct Peer {
    AddressBytes bytes{};
    std::string address;   // as text, without the port; IPv4 also where it came as mapped IPv6
    bool trusted = false;  // among the proxies whose word on their clients counts
};

Peer peer_of(const Endpoint& endpoint, std::span<const AddressRange> trusted_proxies);

}  // namespace weft
