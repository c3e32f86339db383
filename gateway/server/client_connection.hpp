// One client's socket, with the waits a session needs. Every wait ends by a deadline; how it ended
// is the answer. One coroutine may read while another one writes.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "async/descriptor.hpp"
#include "async/last_turns.hpp"
#include "async/socket_events.hpp"
#include "async/socket_wait.hpp"
#include "async/timers.hpp"
#include "http/request_reader.hpp"
#include "server/outgoing.hpp"
#include "server/settings.hpp"

namespace weft {

enum class ReadEnd : std::uint8_t {
    bytes,
    end,          // the client sends nothing more; it may still be listening
    timed_out,    // the connection is as usable as before
    interrupted,  // by interrupt()
    failed,       // reset, or closed by us
};

enum class WriteEnd : std::uint8_t { done, blocked, timed_out, failed };

class ClientConnection final : private SocketWatcher {
  public:
    // Of a socket that does not block. All else outlives it.
    ClientConnection(
        Descriptor socket, SocketEvents& events, Timers& timers, const SessionTimeouts& timeouts
    );
    ~ClientConnection();
    ClientConnection(const ClientConnection&) = delete;
    ClientConnection& operator=(const ClientConnection&) = delete;

    TimePoint now() const noexcept { return timers_.now(); }
    TimePoint now_exactly() const noexcept { return timers_.now_exactly(); }
    bool is_open() const noexcept { return static_cast<bool>(socket_); }

    // Lets the other connections have their turn. It may be closed afterwards.
    Awaitable<void> take_turns();

    // Receives once, into the reader.
    Awaitable<ReadEnd> read(RequestReader& reader, TimePoint deadline);
    // The same in parts, so that a connection on which nothing happens has neither a reader nor a
    // coroutine for it: whether anything may be here to be read, the wait until that is so (between
    // begin_wait() and end_wait(), and also over when it has timed out: what came in time is still
    // to be read), and the read without a wait. Nothing: nothing is here.
    bool may_have_input() const noexcept { return more_is_here_ && receives_ < receives_at_once; }
    void begin_wait(TimePoint deadline);
    auto input() { return input_.wait(); }
    ReadEnd end_wait(Waited waited);
    std::optional<ReadEnd> read_what_is_here(RequestReader& reader);
    // Ends a read or a wait.
    void interrupt();
    // Whether received bytes wait in the kernel.
    bool has_input();

    // Sends what goes without waiting.
    WriteEnd write_now(Outgoing& outgoing);
    // Sends all. The time runs anew whenever the client has taken something.
    Awaitable<WriteEnd> write(Outgoing& outgoing);
    // Sends what it can of `outgoing` if nothing else has been done with the connection by then.
    void write_later(Outgoing& outgoing, Duration delay);
    void cancel_write_later() noexcept;
    std::uint64_t bytes_sent() const noexcept { return bytes_sent_; }

    // Calls `gone` when the client resets the connection, or has done so. Reads nothing. Half a
    // close is not meant.
    void watch(std::function<void()> gone);

    void close();
    // The client sees that what it got is not all.
    void reset();
    // Says that nothing more will come, then drops what still arrives for so long, so that a reset
    // by unread bytes does not destroy the answer on its way (RFC 9112 section 9.6).
    Awaitable<void> linger(Duration longest, LastTurns& last_turns);

  private:
    // A client that sends faster than it is read has no more of the worker than this before the
    // others have their turn.
    static constexpr int receives_at_once = 4;

    void on_event(const SocketEvent& event) override;
    void on_reset();
    void on_read_alarm();
    void on_write_alarm();
    bool is_reset();

    Executor executor_;
    SocketEvents& events_;
    Descriptor socket_;
    Timers& timers_;
    const SessionTimeouts& timeouts_;
    SocketWait input_;
    SocketWait output_;
    Alarm read_alarm_;
    Alarm write_alarm_;
    Outgoing* later_ = nullptr;  // what the alarm sends; null: the alarm ends a wait
    std::uint64_t bytes_sent_ = 0;
    bool more_is_here_ = true;  // bytes, or the end, may be in the kernel
    bool has_ended_ = false;    // as SocketEvent::ended
    int receives_ = 0;          // since the last wait
    bool read_timed_out_ = false;
    bool write_timed_out_ = false;
    std::function<void()> gone_;
};

}  // namespace weft
