// What happens on the sockets of a worker. Asio asks epoll anew for each wait, which is a system
// call each time; a socket is registered here once, for as long as it is open, and what is new is
// told (edge-triggered, epoll(7)).
#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstddef>
#include <span>

#include "async/clock.hpp"
#include "async/types.hpp"

namespace weft {

struct SocketEvent {
    bool readable = false;
    bool writable = false;
    // Behind what can be read there is the end, or a failure, or urgent data, in front of which a
    // receive stops: that it took less than there was room for does not mean that it took all.
    bool ended = false;
};

class SocketWatcher {
  public:
    // May forget this watcher and others. Nothing is told twice: what was not read or written then
    // has to be remembered.
    virtual void on_event(const SocketEvent& event) = 0;

  protected:
    ~SocketWatcher() = default;

  private:
    friend class SocketEvents;

    unsigned untold_ = 0;  // events
};

// One for each io_context: asio::use_service<SocketEvents>(context). A context with a watched
// socket has work to do. Throws std::system_error if there is no descriptor for it.
class SocketEvents final : public asio::io_context::service {
  public:
    static inline asio::io_context::id id;

    // In a turn of the event loop; then others have theirs.
    static constexpr std::size_t told_at_once = 64;
    // After so many, what is known has become old.
    static constexpr unsigned answers_of_a_look = 32;

    explicit SocketEvents(asio::io_context& context);

    // Each event that is told begins one of the clock's, too. The clock outlives the io_context.
    void use(EventClock& clock) noexcept { clock_ = &clock; }

    // Of the io_context.
    Executor executor() { return set_.get_executor(); }

    // From now on `watcher` hears of the socket, what is already there included, though not from
    // inside this call. Fails with what epoll_ctl(2) fails with.
    error_code watch(int socket, SocketWatcher& watcher);
    // What is there is told once more.
    void tell_again(int socket, SocketWatcher& watcher);
    // Whether something may have come to the watcher's socket that it has not been told. Inside of
    // an on_event() epoll is asked once about all sockets, for the next answers_of_a_look of these
    // questions; what comes in between is not known. Elsewhere always true.
    bool may_have_news_for(const SocketWatcher& watcher);
    // Nothing is told any more. The socket is to be closed, which takes it out of epoll.
    void forget(const SocketWatcher& watcher) noexcept;

  private:
    void shutdown() override;
    void wait();
    void look();
    void tell();
    std::span<epoll_event> untold() noexcept {
        return std::span{events_}.subspan(next_, end_ - next_);
    }

    asio::posix::basic_stream_descriptor<Executor> set_;
    EventClock* clock_ = nullptr;
    bool waits_ = false;
    std::size_t watched_ = 0;
    // From next_ to end_ those that are not told yet; who is forgotten is null.
    std::array<epoll_event, 256> events_{};
    std::size_t next_ = 0;
    std::size_t end_ = 0;
    bool telling_ = false;
    bool tells_rest_ = false;    // has its turn coming
    unsigned answers_left_ = 0;  // that what is known is good for
};

}  // namespace weft
