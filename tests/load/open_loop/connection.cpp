#include "load/open_loop/connection.hpp"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace weft::open_loop {
namespace {

bool would_block() { return errno == EAGAIN || errno == EINTR; }

}  // namespace

void Connection::connect(const sockaddr_in& server) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) throw std::system_error{errno, std::generic_category(), "socket"};
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    reader_.emplace();
    connecting_ = true;
    const auto* address = reinterpret_cast<const sockaddr*>(&server);
    if (::connect(socket_, address, sizeof server) != 0 && errno != EINPROGRESS) {
        // The failure is seen when epoll tells of it.
        ::shutdown(socket_, SHUT_RDWR);
    }
    epoll_event event{EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, {.ptr = this}};
    if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket_, &event) != 0) {
        throw std::system_error{errno, std::generic_category(), "epoll_ctl"};
    }
}

void Connection::ask(const sockaddr_in& server, std::string_view bytes, const Request& request) {
    request_ = request;
    ++number_;
    out_ = bytes;
    if (!open()) connect(server);
    reader_->begin(Method::get);
    if (!connecting_) send();  // a failure is seen when epoll tells of it
}

bool Connection::send() {
    while (!out_.empty()) {
        const ssize_t sent = ::send(socket_, out_.data(), out_.size(), MSG_NOSIGNAL);
        if (sent < 0) return would_block();
        out_.erase(0, static_cast<std::size_t>(sent));
    }
    return true;
}

Progress Connection::proceed() {
    if (!open()) return Progress::waiting;
    if (connecting_) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0) return ended();
        connecting_ = false;
    }
    if (!send()) return ended();
    return receive();
}

Progress Connection::receive() {
    for (;;) {
        const auto room = reader_->prepare();
        const ssize_t received = ::recv(socket_, room.data(), room.size(), 0);
        if (received < 0 && would_block()) return Progress::waiting;
        if (received < 0 || !busy()) return ended();
        if (received == 0 && !reader_->on_eof()) return ended();
        reader_->commit(static_cast<std::size_t>(received));
        const Progress progress = read_message();
        if (progress != Progress::waiting || received == 0) return progress;
    }
}

Progress Connection::read_message() {
    const auto head = reader_->read_head();
    if (!head) return ended();
    if (*head == nullptr) return Progress::waiting;
    answer_.status = (*head)->status;
    answer_.retry_after = find_field((*head)->fields, "Retry-After").has_value();
    for (;;) {
        const auto part = reader_->read_body();
        if (!part) return ended();
        if (part->state() == BodyPart::State::need_more) return Progress::waiting;
        if (part->state() == BodyPart::State::end) return Progress::answered;
    }
}

Progress Connection::ended() {
    const bool was_busy = busy();
    close();
    return was_busy ? Progress::failed : Progress::idle_ended;
}

Answered Connection::take_answer(TimePoint now) {
    answer_.intended = request_.value().intended;
    answer_.sent = request_.value().sent;
    answer_.received = now;
    if (!reader_->reusable()) close();
    return answer_;
}

void Connection::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    connecting_ = false;
}

}  // namespace weft::open_loop
