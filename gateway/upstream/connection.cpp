#include "upstream/connection.hpp"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <span>
#include <utility>

#include "async/socket_calls.hpp"

namespace weft {
namespace {

error_code begin_connect(int socket, const Endpoint& address) {
    const int on = 1;
    if (::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0) return last_error();
    const int begun = ::connect(socket, address.data(), static_cast<socklen_t>(address.size()));
    if (begun == 0 || errno == EINPROGRESS) return {};
    return last_error();
}

}  // namespace

error_code Connection::connect(const Endpoint& address) {
    constexpr int type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    Descriptor socket{::socket(address.data()->sa_family, type, 0)};
    if (!socket) return last_error();
    error_code error = begin_connect(socket.number(), address);
    if (!error) error = events_.watch(socket.number(), *this);
    if (error) return error;
    connecting_ = true;
    socket_ = std::move(socket);
    return {};
}

bool Connection::connect_has_ended() {
    pollfd state{socket_.number(), POLLOUT, 0};
    return ::poll(&state, 1, 0) == 1;
}

error_code Connection::connect_error() const {
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(socket_.number(), SOL_SOCKET, SO_ERROR, &error, &size) != 0)
        return last_error();
    return {error, boost::system::system_category()};
}

void Connection::on_event(const SocketEvent& event) {
    const ConnectionPointer self{this};  // until it has been heard
    has_ended_ = has_ended_ || event.ended;
    readable_ = readable_ || event.readable;
    if (std::exchange(connecting_, false)) return user_->on_connected(*this, connect_error());
    if (event.writable && std::exchange(watches_write_, false)) user_->on_writable(*this);
    if (event.readable && user_ != nullptr && std::exchange(watches_read_, false))
        user_->on_readable(*this);
}

void Connection::watch_read() {
    if (std::exchange(watches_read_, true)) return;
    // What has been told is not told again by itself.
    if (readable_) events_.tell_again(socket_.number(), *this);
}

void Connection::watch_write() { watches_write_ = true; }

Connection::Receive Connection::receive(ResponseReader& reader) {
    const std::span<char> room = reader.prepare();
    const ssize_t size = receive_some(socket_.number(), room);
    if (size < 0) {
        if (errno != EWOULDBLOCK) return Receive::broken;
        readable_ = false;
        return Receive::nothing_yet;
    }
    if (size == 0) return Receive::ended;
    const auto received = static_cast<std::size_t>(size);
    // Less than there was room for: the kernel holds no more, and asking it would cost a call.
    readable_ = has_ended_ || received == room.size();
    reader.commit(received);
    return Receive::some;
}

bool Connection::is_quiet() {
    if (has_ended_) return false;
    if (!readable_ && !events_.may_have_news_for(*this)) return true;
    char byte = 0;
    return receive_some(socket_.number(), {&byte, 1}, MSG_PEEK) < 0 && errno == EWOULDBLOCK;
}

std::size_t Connection::write_some(
    const std::array<asio::const_buffer, 2>& bytes, error_code& error
) {
    const ssize_t sent =
        send_some(socket_.number(), std::span{bytes}.first(bytes[1].size() == 0 ? 1 : 2));
    if (sent >= 0) return static_cast<std::size_t>(sent);
    error = last_error();
    return 0;
}

void Connection::close() noexcept {
    user_ = nullptr;
    if (!socket_) return;
    events_.forget(*this);
    socket_.close();
}

}  // namespace weft
