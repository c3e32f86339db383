#include "async/socket_events.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "async/socket_calls.hpp"

namespace weft {
namespace {

constexpr std::uint32_t interest = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
constexpr std::uint32_t end = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

int new_set() {
    const int set = ::epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    return set;
}

SocketEvent event_of(std::uint32_t events) {
    return {(events & (EPOLLIN | end)) != 0, (events & (EPOLLOUT | end)) != 0, (events & end) != 0};
}

}  // namespace

SocketEvents::SocketEvents(asio::io_context& context)
    : asio::io_context::service{context}, set_{context.get_executor(), new_set()} {}

void SocketEvents::shutdown() {
    error_code ignored;  // nobody is left to be told
    set_.close(ignored);
}

error_code SocketEvents::watch(int socket, SocketWatcher& watcher) {
    epoll_event event{interest, {.ptr = &watcher}};
    if (::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, socket, &event) != 0) return last_error();
    ++watched_;
    if (!waits_) wait();
    return {};
}

void SocketEvents::tell_again(int socket, SocketWatcher& watcher) {
    epoll_event event{interest, {.ptr = &watcher}};
    ::epoll_ctl(set_.native_handle(), EPOLL_CTL_MOD, socket, &event);
}

void SocketEvents::forget(const SocketWatcher& watcher) noexcept {
    for (std::size_t i = next_; i < count_; ++i) {
        if (events_[i].data.ptr == &watcher) events_[i].data.ptr = nullptr;
    }
    if (--watched_ > 0) return;
    error_code ignored;  // then it waits for what does not come
    set_.cancel(ignored);
}

void SocketEvents::wait() {
    waits_ = true;
    set_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
        waits_ = false;
        if (!error) tell();
        if (watched_ > 0 && !waits_) wait();
    });
}

// As many as there is room for: the rest is told when others have had their turn.
void SocketEvents::tell() {
    const int count =
        ::epoll_wait(set_.native_handle(), events_.data(), static_cast<int>(events_.size()), 0);
    count_ = static_cast<std::size_t>(std::max(count, 0));
    for (next_ = 0; next_ < count_;) {
        const epoll_event& event = events_[next_++];
        if (event.data.ptr == nullptr) continue;
        static_cast<SocketWatcher*>(event.data.ptr)->on_event(event_of(event.events));
    }
    next_ = count_ = 0;
}

}  // namespace weft
