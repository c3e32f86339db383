#include "upstream/connection.hpp"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

namespace weft {
namespace {

error_code last_error() { return {errno, boost::system::system_category()}; }

ssize_t send_both(int socket, const std::array<asio::const_buffer, 2>& bytes) {
    std::array<iovec, 2> parts{};
    std::ranges::transform(bytes, parts.begin(), [](const asio::const_buffer& part) {
        return iovec{const_cast<void*>(part.data()), part.size()};
    });
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    return ::sendmsg(socket, &message, MSG_NOSIGNAL);
}

}  // namespace

Connection::Connection(SocketEvents& events, const HeadLimits& limits, std::size_t endpoint)
    : events_{events}, reader_{limits}, endpoint_{endpoint} {}

error_code Connection::connect(const Endpoint& address) {
    socket_ = ::socket(address.data()->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) return last_error();
    error_code error = connect_socket(address);
    if (!error) error = events_.watch(socket_, *this);
    if (error) ::close(std::exchange(socket_, -1));
    return error;
}

error_code Connection::connect_socket(const Endpoint& address) {
    const int on = 1;
    if (::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) return last_error();
    connecting_ = true;
    const int begun = ::connect(socket_, address.data(), static_cast<socklen_t>(address.size()));
    if (begun == 0 || errno == EINPROGRESS) return {};
    return last_error();
}

bool Connection::connect_has_ended() {
    pollfd state{socket_, POLLOUT, 0};
    return ::poll(&state, 1, 0) == 1;
}

error_code Connection::connect_error() const {
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return last_error();
    return {error, boost::system::system_category()};
}

void Connection::on_event(const SocketEvent& event) {
    const auto self = shared_from_this();
    has_ended_ = has_ended_ || event.ended;
    readable_ = readable_ || event.readable;
    if (std::exchange(connecting_, false)) return user_->on_connected(*this, connect_error());
    if (event.writable && std::exchange(watches_write_, false)) user_->on_writable(*this);
    if (readable_ && user_ != nullptr && std::exchange(watches_read_, false))
        user_->on_readable(*this);
}

void Connection::watch_read() {
    if (std::exchange(watches_read_, true)) return;
    // What has been told is not told again by itself.
    if (readable_) events_.tell_again(socket_, *this);
}

void Connection::watch_write() { watches_write_ = true; }

Connection::Receive Connection::receive() {
    const std::span<char> room = reader_.prepare();
    const ssize_t size = ::recv(socket_, room.data(), room.size(), 0);
    if (size < 0) {
        if (errno != EWOULDBLOCK) return Receive::broken;
        readable_ = false;
        return Receive::nothing_yet;
    }
    if (size == 0) return Receive::ended;
    const auto received = static_cast<std::size_t>(size);
    // Less than there was room for: the kernel holds no more, and asking it would cost a call.
    readable_ = has_ended_ || received == room.size();
    reader_.commit(received);
    return Receive::some;
}

bool Connection::is_quiet() {
    char byte = 0;
    return ::recv(socket_, &byte, 1, MSG_PEEK) < 0 && errno == EWOULDBLOCK;
}

std::size_t Connection::write_some(
    const std::array<asio::const_buffer, 2>& bytes, error_code& error
) {
    // A gathering send costs the kernel half a microsecond more than a plain one.
    const ssize_t sent = bytes[1].size() == 0
                             ? ::send(socket_, bytes[0].data(), bytes[0].size(), MSG_NOSIGNAL)
                             : send_both(socket_, bytes);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    error = last_error();
    return 0;
}

void Connection::close() noexcept {
    user_ = nullptr;
    if (socket_ < 0) return;
    events_.forget(*this);
    ::close(std::exchange(socket_, -1));
}

}  // namespace weft
