// The system's own calls for sockets that do not block. Where most calls of a request go, what Asio
// does around them is more instructions than their callers need.
#pragma once

#include <sys/types.h>

#include <boost/asio/buffer.hpp>
#include <span>

#include "async/types.hpp"

namespace weft {

// What errno says.
error_code last_error() noexcept;
bool would_block(const error_code& error) noexcept;

// One recv(2) into `room`: how many bytes, 0 at the end, or -1 with the reason in errno.
ssize_t receive_some(int socket, std::span<char> room, int flags = 0) noexcept;

// Sends what goes of these by one call: how many bytes, or -1 with the reason in errno. At most the
// first 64 are looked at. No signal is raised where nobody receives any more.
ssize_t send_some(int socket, std::span<const asio::const_buffer> bytes) noexcept;

}  // namespace weft
