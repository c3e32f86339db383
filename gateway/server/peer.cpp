#include "server/peer.hpp"

namespace weft {
namespace {

asio::ip::address_v6 as_ipv6(const asio::ip::address& address) {
    if (address.is_v6()) return address.to_v6();
    return asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4());
}

std::string text_of(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
    }
    return address.to_string();
}

}  // namespace

Peer peer_of(const Endpoint& endpoint, std::span<const AddressRange> trusted_proxies) {
    Peer peer;
    peer.bytes = as_ipv6(endpoint.address()).to_bytes();
    peer.address = text_of(endpoint.address());
    peer.trusted = contains(trusted_proxies, peer.bytes);
    return peer;
}

}  // namespace weft
