#include "async/socket_calls.hpp"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <cerrno>

namespace weft {
namespace {

// recv() and send() as the kernel has them. Those of the C library first make the thread one that
// can be cancelled, and then one that cannot, with two locked instructions; here no thread ever is.
// A sanitizer sees only the library's.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
constexpr long no_address = 0;

ssize_t send_one(int socket, const asio::const_buffer& bytes) noexcept {
    const int flags = MSG_NOSIGNAL;
    if (sanitized) return ::send(socket, bytes.data(), bytes.size(), flags);
    return ::syscall(SYS_sendto, socket, bytes.data(), bytes.size(), flags, no_address, no_address);
}

}  // namespace

error_code last_error() noexcept { return {errno, boost::system::system_category()}; }

bool would_block(const error_code& error) noexcept {
    return error == asio::error::would_block || error == asio::error::try_again;
}

ssize_t receive_some(int socket, std::span<char> room, int flags) noexcept {
    if (sanitized) return ::recv(socket, room.data(), room.size(), flags);
    return ::syscall(SYS_recvfrom, socket, room.data(), room.size(), flags, no_address, no_address);
}

ssize_t send_some(int socket, std::span<const asio::const_buffer> bytes) noexcept {
    // A gathering send costs the kernel half a microsecond more than a plain one.
    if (bytes.size() == 1) return send_one(socket, bytes.front());
    std::array<iovec, 64> parts;
    bytes = bytes.first(std::min(bytes.size(), parts.size()));
    std::ranges::transform(bytes, parts.begin(), [](const asio::const_buffer& part) {
        return iovec{const_cast<void*>(part.data()), part.size()};
    });
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = bytes.size();
    return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

}  // namespace weft
