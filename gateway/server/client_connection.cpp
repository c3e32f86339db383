#include "server/client_connection.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>

#include "async/socket_calls.hpp"

namespace weft {
namespace {

constexpr std::size_t most_dropped = 256 << 10;  // bytes
constexpr std::size_t dropped_at_once = 4 << 10;

}  // namespace

ClientConnection::ClientConnection(
    Descriptor socket, SocketEvents& events, Timers& timers, const SessionTimeouts& timeouts
)
    : executor_{events.executor()},
      events_{events},
      socket_{std::move(socket)},
      timers_{timers},
      timeouts_{timeouts},
      read_alarm_{timers, [this] { on_read_alarm(); }},
      write_alarm_{timers, [this] { on_write_alarm(); }} {
    if (events_.watch(socket_.number(), *this)) socket_.close();
}

ClientConnection::~ClientConnection() {
    if (socket_) events_.forget(*this);
}

// Whoever goes on in here may destroy the connection, so that only the last thing is done at once.
void ClientConnection::on_event(const SocketEvent& event) {
    has_ended_ = has_ended_ || event.ended;
    more_is_here_ = more_is_here_ || event.readable;
    if (event.ended && gone_ && is_reset()) return on_reset();
    if (!event.readable || !input_.waits()) {
        if (event.writable) output_.end(Waited::ready);
        return;
    }
    if (event.writable) output_.end_later(executor_, Waited::ready);
    input_.end(Waited::ready);
}

// Whoever waits finds it by itself.
void ClientConnection::on_reset() {
    input_.end_later(executor_, Waited::ready);
    output_.end_later(executor_, Waited::ready);
    const auto gone = std::exchange(gone_, nullptr);
    gone();
}

void ClientConnection::on_read_alarm() {
    read_timed_out_ = true;
    input_.end_later(executor_, Waited::interrupted);
}

void ClientConnection::on_write_alarm() {
    if (later_ != nullptr) {
        // A failure shows at the next write.
        write_now(*std::exchange(later_, nullptr));
        return;
    }
    write_timed_out_ = true;
    output_.end_later(executor_, Waited::interrupted);
}

Awaitable<void> ClientConnection::take_turns() { return asio::post(executor_, use_awaitable); }

Awaitable<ReadEnd> ClientConnection::read(RequestReader& reader, TimePoint deadline) {
    ReadEnd end = ReadEnd::bytes;
    for (;;) {
        if (!socket_) co_return ReadEnd::failed;
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
    // What has been told is not told again by itself.
    if (more_is_here_) events_.tell_again(socket_.number(), *this);
}

// An event loop that is late hears of the alarm first.
ReadEnd ClientConnection::end_wait(Waited waited) {
    read_alarm_.disarm();
    more_is_here_ = true;
    receives_ = 0;
    if (read_timed_out_) return ReadEnd::timed_out;
    if (!socket_) return ReadEnd::failed;
    return waited == Waited::ready ? ReadEnd::bytes : ReadEnd::interrupted;
}

std::optional<ReadEnd> ClientConnection::read_what_is_here(RequestReader& reader) {
    ++receives_;
    const auto room = reader.prepare();
    const ssize_t size = receive_some(socket_.number(), room);
    if (size < 0) {
        if (errno != EWOULDBLOCK) return ReadEnd::failed;
        more_is_here_ = false;
        return std::nullopt;
    }
    if (size == 0) return ReadEnd::end;
    const auto received = static_cast<std::size_t>(size);
    // Less than there was room for: the kernel holds no more, and asking it would cost a call.
    more_is_here_ = has_ended_ || received == room.size();
    reader.commit(received);
    return ReadEnd::bytes;
}

void ClientConnection::interrupt() { input_.end_later(executor_, Waited::interrupted); }

bool ClientConnection::has_input() {
    int size = 0;
    return ::ioctl(socket_.number(), FIONREAD, &size) == 0 && size > 0;
}

WriteEnd ClientConnection::write_now(Outgoing& outgoing) {
    for (auto rest = outgoing.buffers(); !rest.empty(); rest = outgoing.buffers()) {
        const ssize_t size = send_some(socket_.number(), rest);
        if (size < 0) return errno == EWOULDBLOCK ? WriteEnd::blocked : WriteEnd::failed;
        const auto sent = static_cast<std::size_t>(size);
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
        co_await output_.wait();
        write_alarm_.disarm();
        if (write_timed_out_) co_return WriteEnd::timed_out;
        if (!socket_) co_return WriteEnd::failed;
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
    if (gone_ && has_ended_ && socket_) events_.tell_again(socket_.number(), *this);
}

bool ClientConnection::is_reset() {
    pollfd state{socket_.number(), 0, 0};
    return ::poll(&state, 1, 0) == 1 && (state.revents & (POLLERR | POLLHUP)) != 0;
}

void ClientConnection::close() {
    if (!socket_) return;
    events_.forget(*this);
    socket_.close();
    input_.end_later(executor_, Waited::interrupted);
    output_.end_later(executor_, Waited::interrupted);
}

void ClientConnection::reset() {
    const ::linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

Awaitable<void> ClientConnection::linger(Duration longest, LastTurns& last_turns) {
    if (::shutdown(socket_.number(), SHUT_WR) != 0) co_return;
    const TimePoint until = now() + longest;
    std::array<char, dropped_at_once> dropped;
    for (std::size_t total = 0; total < most_dropped;) {
        const ssize_t size = receive_some(socket_.number(), dropped);
        if (size > 0) {
            total += static_cast<std::size_t>(size);
            continue;
        }
        if (size == 0 || errno != EWOULDBLOCK) break;
        more_is_here_ = false;
        begin_wait(until);
        const Waited waited = co_await input();
        if (end_wait(waited) != ReadEnd::bytes) break;
        co_await last_turns.wait();
    }
}

}  // namespace weft
