// The sockets of the loopback address that the floor needs. All throw std::system_error.
#pragma once

#include <cstdint>

namespace bench {

// Non-blocking, SO_REUSEPORT; port 0: any free one.
int listen_on(std::uint16_t port);
std::uint16_t port_of(int listener);

// Non-blocking once it is connected.
int connect_to(std::uint16_t port);

void set_no_delay(int socket);

// The last error as an exception.
[[noreturn]] void fail(const char* what);

}  // namespace bench
