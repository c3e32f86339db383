#include "upstream/connection.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <utility>

namespace weft {
namespace {

// recv() and send() as the kernel has them. Those of the C library first make the thread one that
// can be cancelled, and then one that cannot, with two locked instructions; here no thread ever is.
// A sanitizer sees only the library's.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
ssize_t receive_now(int socket, std::span<char> room, int flags) noexcept {
    return ::recv(socket, room.data(), room.size(), flags);
}
ssize_t send_now(int socket, const asio::const_buffer& bytes) noexcept {
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}
#else
constexpr long no_address = 0;

ssize_t receive_now(int socket, std::span<char> room, int flags) noexcept {
    return ::syscall(SYS_recvfrom, socket, room.data(), room.size(), flags, no_address, no_address);
}
ssize_t send_now(int socket, const asio::const_buffer& bytes) noexcept {
    return ::syscall(
        SYS_sendto, socket, bytes.data(), bytes.size(), MSG_NOSIGNAL, no_address, no_address
    );
}
#endif

}  // namespace

Connection::Connection(Executor executor, const HeadLimits& limits, std::size_t endpoint)
    : socket_{executor}, reader_{limits}, endpoint_{endpoint} {}

error_code Connection::connect(const Endpoint& address) {
    error_code error;
    socket_.open(address.protocol(), error);
    if (!error) socket_.non_blocking(true, error);
    if (!error) socket_.set_option(Tcp::no_delay{true}, error);
    if (error) return error;
    const auto connected = [self = shared_from_this(),
                            protocol = address.protocol()](error_code failed) {
        if (!failed) failed = self->register_for_reading(protocol);
        if (self->user_ != nullptr) self->user_->on_connected(*self, failed);
    };
    socket_.async_connect(address, connected);
    return error;
}

// Asio has waited for the connect as for a write, and from then on tells epoll at each wait that
// writing is of interest, too: a socket that can nearly always be written to would wake the loop
// for each of them. Registered anew it is watched for what is waited for.
error_code Connection::register_for_reading(const Tcp& protocol) {
    error_code error;
    const int descriptor = socket_.release(error);
    if (error) return error;
    socket_.assign(protocol, descriptor, error);
    if (error) {
        ::close(descriptor);
    } else {
        socket_.non_blocking(true, error);
    }
    return error;
}

bool Connection::connect_has_ended() {
    pollfd state{socket_.native_handle(), POLLOUT, 0};
    return ::poll(&state, 1, 0) == 1;
}

void Connection::begin_to_watch() {
    watches_read_ = true;
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](const error_code&) {
        self->watches_read_ = false;
        self->readable_ = true;
        if (self->user_ != nullptr) self->user_->on_readable(*self);
    });
}

void Connection::watch_write() {
    if (std::exchange(watches_write_, true)) return;
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](const error_code&) {
        self->watches_write_ = false;
        if (self->user_ != nullptr) self->user_->on_writable(*self);
    });
}

// Where most calls of a request go the system is asked directly: what Asio does around a receive or
// a send of a socket that never waits is more instructions than its callers need.
Connection::Receive Connection::receive() {
    const std::span<char> room = reader_.prepare();
    const ssize_t size = receive_now(socket_.native_handle(), room, 0);
    if (size < 0) {
        if (errno != EWOULDBLOCK) return Receive::broken;
        readable_ = false;
        return Receive::nothing_yet;
    }
    if (size == 0) return Receive::ended;
    const auto received = static_cast<std::size_t>(size);
    // Less than there was room for: the kernel holds no more, and asking it would cost a call.
    readable_ = received == room.size();
    reader_.commit(received);
    return Receive::some;
}

bool Connection::is_quiet() {
    char byte = 0;
    return receive_now(socket_.native_handle(), {&byte, 1}, MSG_PEEK) < 0 && errno == EWOULDBLOCK;
}

std::size_t Connection::write_some(
    const std::array<asio::const_buffer, 2>& bytes, error_code& error
) {
    // A gathering send costs the kernel half a microsecond more than a plain one.
    if (bytes[1].size() != 0) return socket_.write_some(bytes, error);
    const ssize_t sent = send_now(socket_.native_handle(), bytes[0]);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    error.assign(errno, boost::system::system_category());
    return 0;
}

void Connection::close() noexcept {
    user_ = nullptr;
    error_code ignored;  // the descriptor is gone whatever close() says
    socket_.close(ignored);
}

}  // namespace weft
