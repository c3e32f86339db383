#include "async/socket_events.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <system_error>
#include <utility>

#include "async/socket_calls.hpp"

namespace weft {
namespace {

constexpr std::uint32_t interest = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;
constexpr std::uint32_t end = EPOLLRDHUP | EPOLLHUP | EPOLLERR | EPOLLPRI;

int new_set() {
    const int set = ::epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) throw std::system_error{errno, std::generic_category(), "epoll_create1"};
    return set;
}

SocketWatcher* watcher_of(const epoll_event& event) noexcept {
    return static_cast<SocketWatcher*>(event.data.ptr);
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

bool SocketEvents::may_have_news_for(const SocketWatcher& watcher) {
    if (!telling_) return true;
    if (answers_left_ == 0) look();
    if (answers_left_ == 0) return true;
    --answers_left_;
    return watcher.untold_ > 0;
}

void SocketEvents::forget(const SocketWatcher& watcher) noexcept {
    for (epoll_event& event : untold()) {
        if (event.data.ptr == &watcher) event.data.ptr = nullptr;
    }
    if (--watched_ > 0) return;
    error_code ignored;  // then it waits for what does not come
    set_.cancel(ignored);
}

void SocketEvents::wait() {
    waits_ = true;
    set_.async_wait(asio::posix::descriptor_base::wait_read, [this](const error_code& error) {
        waits_ = false;
        if (!error && !tells_rest_) tell();
        if (watched_ > 0 && !waits_) wait();
    });
}

// Takes as many as there is room for.
void SocketEvents::look() {
    std::ranges::copy(untold(), events_.begin());
    end_ -= std::exchange(next_, 0);
    const std::span room = std::span{events_}.subspan(end_);
    if (room.empty()) return;
    const int found =
        ::epoll_wait(set_.native_handle(), room.data(), static_cast<int>(room.size()), 0);
    const auto count = static_cast<std::size_t>(std::max(found, 0));
    for (const epoll_event& event : room.first(count)) ++watcher_of(event)->untold_;
    end_ += count;
    // Where there is no room left, epoll may know of more.
    if (found >= 0 && count < room.size()) answers_left_ = answers_of_a_look;
}

// The rest is told when others have had their turn.
void SocketEvents::tell() {
    look();
    telling_ = true;
    for (std::size_t left = told_at_once; left > 0 && next_ < end_; --left) {
        const epoll_event event = events_[next_++];
        SocketWatcher* const watcher = watcher_of(event);
        if (watcher == nullptr) continue;
        answers_left_ = 0;
        --watcher->untold_;
        if (clock_ != nullptr) clock_->event_begins();
        watcher->on_event(event_of(event.events));
    }
    telling_ = false;
    if (clock_ != nullptr) clock_->event_ends();
    if (next_ == end_) return;
    tells_rest_ = true;
    asio::post(executor(), [this] {
        tells_rest_ = false;
        tell();
    });
}

}  // namespace weft
