#include "server/client_connection.hpp"

#include <poll.h>

#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <utility>

namespace weft {
namespace {

constexpr std::size_t most_dropped = 256 << 10;  // bytes
constexpr std::size_t dropped_at_once = 4 << 10;

bool would_block(const error_code& error) {
    return error == asio::error::would_block || error == asio::error::try_again;
}

}  // namespace

ClientConnection::ClientConnection(Socket socket, Timers& timers, const SessionTimeouts& timeouts)
    : socket_{std::move(socket)},
      timers_{timers},
      timeouts_{timeouts},
      read_alarm_{timers, [this] { on_read_alarm(); }},
      write_alarm_{timers, [this] { on_write_alarm(); }} {
    error_code error;
    socket_.non_blocking(true, error);
    if (error) close();
}

ClientConnection::~ClientConnection() {
    if (self_) *self_ = nullptr;
}

void ClientConnection::on_read_alarm() {
    read_timed_out_ = true;
    cancel_waits();
}

void ClientConnection::on_write_alarm() {
    if (later_ != nullptr) {
        // A failure shows at the next write.
        write_now(*std::exchange(later_, nullptr));
        return;
    }
    write_timed_out_ = true;
    cancel_waits();
}

// A socket's waits can only be cancelled together: who was not meant waits again.
void ClientConnection::cancel_waits() {
    error_code error;
    socket_.cancel(error);
    if (error) close();
}

Awaitable<void> ClientConnection::take_turns() {
    return asio::post(socket_.get_executor(), use_awaitable);
}

Awaitable<ReadEnd> ClientConnection::read(RequestReader& reader, TimePoint deadline) {
    ReadEnd end = ReadEnd::bytes;
    for (;;) {
        if (may_have_input()) {
            const auto read = read_what_is_here(reader);
            if (read) co_return *read;
        }
        if (end != ReadEnd::bytes) co_return end;
        begin_wait(deadline);
        const Waited waited = co_await input();
        end = end_wait(waited);
        if (end == ReadEnd::interrupted || end == ReadEnd::failed) co_return end;
    }
}

void ClientConnection::begin_wait(TimePoint deadline) {
    read_timed_out_ = false;
    read_alarm_.arm(deadline);
}

// An event loop that is late hears of the alarm first.
ReadEnd ClientConnection::end_wait(const Waited& waited) {
    read_alarm_.disarm();
    more_is_here_ = true;
    receives_ = 0;
    if (read_timed_out_) return ReadEnd::timed_out;
    if (!waited.error()) return ReadEnd::bytes;
    const bool usable = waited.error() == asio::error::operation_aborted && socket_.is_open();
    return usable ? ReadEnd::interrupted : ReadEnd::failed;
}

std::optional<ReadEnd> ClientConnection::read_what_is_here(RequestReader& reader) {
    ++receives_;
    const auto room = reader.prepare();
    error_code error;
    const std::size_t received =
        socket_.read_some(asio::mutable_buffer{room.data(), room.size()}, error);
    if (would_block(error)) {
        more_is_here_ = false;
        return std::nullopt;
    }
    if (error) return error == asio::error::eof ? ReadEnd::end : ReadEnd::failed;
    // Less than there was room for: the kernel holds no more, and asking it would cost a call.
    more_is_here_ = received == room.size();
    reader.commit(received);
    return ReadEnd::bytes;
}

void ClientConnection::interrupt() { cancel_waits(); }

bool ClientConnection::has_input() {
    error_code error;
    return socket_.available(error) > 0 && !error;
}

WriteEnd ClientConnection::write_now(Outgoing& outgoing) {
    for (auto rest = outgoing.buffers(); !rest.empty(); rest = outgoing.buffers()) {
        error_code error;
        // A gathering send costs the kernel half a microsecond more than a plain one.
        const std::size_t sent = rest.size() == 1 ? socket_.write_some(rest.front(), error)
                                                  : socket_.write_some(rest, error);
        if (would_block(error)) return WriteEnd::blocked;
        if (error) return WriteEnd::failed;
        outgoing.sent(sent);
        bytes_sent_ += sent;
    }
    return WriteEnd::done;
}

Awaitable<WriteEnd> ClientConnection::write(Outgoing& outgoing) {
    for (;;) {
        const WriteEnd end = write_now(outgoing);
        if (end != WriteEnd::blocked) co_return end;
        write_timed_out_ = false;
        write_alarm_.arm(now() + timeouts_.write);
        const Waited waited = co_await readiness(socket_, Socket::wait_write);
        write_alarm_.disarm();
        if (write_timed_out_) co_return WriteEnd::timed_out;
        const error_code& error = waited.error();
        const bool meant = error != asio::error::operation_aborted || !socket_.is_open();
        if (error && meant) co_return WriteEnd::failed;
    }
}

void ClientConnection::write_later(Outgoing& outgoing, Duration delay) {
    later_ = &outgoing;
    write_alarm_.arm(now() + delay);
}

void ClientConnection::cancel_write_later() noexcept {
    later_ = nullptr;
    write_alarm_.disarm();
}

void ClientConnection::watch(std::function<void()> gone) {
    gone_ = std::move(gone);
    if (!watching_ && gone_) wait_for_reset();
}

void ClientConnection::wait_for_reset() {
    if (!self_) self_ = std::make_shared<ClientConnection*>(this);
    watching_ = true;
    socket_.async_wait(Socket::wait_error, [self = self_](const error_code& error) {
        ClientConnection* const connection = *self;
        if (connection == nullptr) return;
        connection->watching_ = false;
        if (!connection->gone_ || !connection->socket_.is_open()) return;
        if (error) {
            // Ended together with a read, not by the client.
            connection->wait_for_reset();
        } else if (connection->is_reset()) {
            connection->gone_();
        }
        // Else urgent data: whoever sends that is not watched any more.
    });
}

bool ClientConnection::is_reset() {
    pollfd state{socket_.native_handle(), 0, 0};
    return ::poll(&state, 1, 0) == 1 && (state.revents & (POLLERR | POLLHUP)) != 0;
}

void ClientConnection::close() {
    error_code error;
    socket_.close(error);
}

void ClientConnection::reset() {
    error_code error;
    socket_.set_option(asio::socket_base::linger{true, 0}, error);
    socket_.close(error);
}

Awaitable<void> ClientConnection::linger(Duration longest) {
    error_code error;
    socket_.shutdown(Socket::shutdown_send, error);
    if (error) co_return;
    std::array<char, dropped_at_once> dropped;
    const auto buffer = asio::buffer(dropped);
    auto token = asio::redirect_error(use_awaitable, error);
    read_alarm_.arm(now() + longest);
    for (std::size_t total = 0; total < most_dropped;) {
        total += co_await socket_.async_read_some(buffer, token);
        if (error) break;
    }
    read_alarm_.disarm();
}

}  // namespace weft
