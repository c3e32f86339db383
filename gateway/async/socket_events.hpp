// What happens on the sockets of a worker. Asio asks epoll anew for each wait, which is a system
// call each time; a socket is registered here once, for as long as it is open, and what is new is
// told (edge-triggered, epoll(7)).
#pragma once

#include <sys/epoll.h>

#include <array>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstddef>

#include "async/types.hpp"

namespace weft {

struct SocketEvent {
    bool readable = false;
    bool writable = false;
    bool ended = false;  // behind what can be read there is the end, or a failure
};

class SocketWatcher {
  public:
    // May forget this watcher and others. Nothing is told twice: what was not read or written then
    // has to be remembered.
    virtual void on_event(const SocketEvent& event) = 0;

  protected:
    ~SocketWatcher() = default;
};

// One for each io_context: asio::use_service<SocketEvents>(context). A context with a watched
// socket has work to do. Throws std::system_error if there is no descriptor for it.
class SocketEvents final : public asio::io_context::service {
  public:
    static inline asio::io_context::id id;

    explicit SocketEvents(asio::io_context& context);

    // Of the io_context.
    Executor executor() { return set_.get_executor(); }

    // From now on `watcher` hears of the socket, what is already there included, though not from
    // inside this call. Fails with what epoll_ctl(2) fails with.
    error_code watch(int socket, SocketWatcher& watcher);
    // What is there is told once more.
    void tell_again(int socket, SocketWatcher& watcher);
    // Nothing is told any more. The socket is to be closed, which takes it out of epoll.
    void forget(const SocketWatcher& watcher) noexcept;

  private:
    void shutdown() override;
    void wait();
    void tell();

    asio::posix::basic_stream_descriptor<Executor> set_;
    bool waits_ = false;
    std::size_t watched_ = 0;
    // Those that are being told; who is forgotten in between is null.
    std::array<epoll_event, 64> events_{};
    std::size_t next_ = 0;
    std::size_t count_ = 0;
};

}  // namespace weft
