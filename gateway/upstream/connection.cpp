#include "upstream/connection.hpp"

#include <poll.h>

#include <boost/asio/error.hpp>
#include <span>
#include <utility>

namespace weft {

Connection::Connection(Executor executor, const HeadLimits& limits, std::size_t endpoint)
    : socket_{executor}, reader_{limits}, endpoint_{endpoint} {}

error_code Connection::connect(const Endpoint& address) {
    error_code error;
    socket_.open(address.protocol(), error);
    if (!error) socket_.non_blocking(true, error);
    if (!error) socket_.set_option(Tcp::no_delay{true}, error);
    if (error) return error;
    socket_.async_connect(address, [self = shared_from_this()](const error_code& failed) {
        if (self->user_ != nullptr) self->user_->on_connected(*self, failed);
    });
    return error;
}

bool Connection::connect_has_ended() {
    pollfd state{socket_.native_handle(), POLLOUT, 0};
    return ::poll(&state, 1, 0) == 1;
}

void Connection::watch_read() {
    if (std::exchange(watches_read_, true)) return;
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

Connection::Receive Connection::receive() {
    const std::span<char> room = reader_.prepare();
    error_code error;
    const std::size_t size = socket_.read_some(asio::buffer(room.data(), room.size()), error);
    if (error == asio::error::would_block) {
        readable_ = false;
        return Receive::nothing_yet;
    }
    if (error == asio::error::eof) return Receive::ended;
    if (error) return Receive::broken;
    // Less than there was room for: the kernel holds no more, and asking it would cost a call.
    readable_ = size == room.size();
    reader_.commit(size);
    return Receive::some;
}

bool Connection::is_quiet() {
    char byte = 0;
    error_code error;
    socket_.receive(asio::buffer(&byte, 1), Socket::message_peek, error);
    return error == asio::error::would_block;
}

std::size_t Connection::write_some(
    const std::array<asio::const_buffer, 2>& bytes, error_code& error
) {
    // A gathering send costs the kernel half a microsecond more than a plain one.
    if (bytes[1].size() == 0) return socket_.write_some(bytes[0], error);
    return socket_.write_some(bytes, error);
}

void Connection::close() noexcept {
    user_ = nullptr;
    error_code ignored;  // the descriptor is gone whatever close() says
    socket_.close(ignored);
}

}  // namespace weft
