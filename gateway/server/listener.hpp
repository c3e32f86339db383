// Opens listening sockets. Every worker has one of its own on the same address (SO_REUSEPORT): the
// kernel spreads the connections.
#pragma once

#include <cstdint>
#include <string>

#include "async/types.hpp"

namespace weft {

inline constexpr int listen_backlog = 1024;  // connections; the system may allow less

// `host` is an address literal (IPv6 without brackets) or "localhost"; names are not looked up.
// Throws std::invalid_argument.
Endpoint listen_endpoint(const std::string& host, std::uint16_t port);

// The first worker's socket. With SO_REUSEPORT alone a second gateway would share a taken port
// silently, so the address is first bound without it. Port 0 takes a free one. Throws
// std::system_error that names the address.
Acceptor open_listener(Executor executor, const Endpoint& endpoint);

// Another worker's socket on the address that the first one got: `first.local_endpoint()`.
Acceptor join_listener(Executor executor, const Endpoint& endpoint);

}  // namespace weft
