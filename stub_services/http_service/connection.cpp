#include "http_service/connection.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <thread>

namespace stub {
namespace {

constexpr std::size_t input_bytes = 16 << 10;
constexpr std::string_view end_of_head = "\r\n\r\n";

}  // namespace

Connection::Connection(socket_t socket) : socket_{socket}, input_(input_bytes) {
    // Without this every second send of a kept connection waits 40 ms for the other side's delayed
    // acknowledgement.
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() { ::close(socket_); }

ssize_t Connection::read(char* to, size_t size) {
    if (next_ == end_) {
        // "100 Continue" has to be out before the body is waited for.
        if (!answer_.empty() && !deliver()) return -1;
        ssize_t got = 0;
        do {
            got = ::recv(socket_, input_.data(), input_.size(), 0);
        } while (got < 0 && errno == EINTR);
        if (got <= 0) return got;
        next_ = 0;
        end_ = static_cast<std::size_t>(got);
    }
    const auto count = std::min(size, end_ - next_);
    std::memcpy(to, input_.data() + next_, count);
    next_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* from, size_t size) {
    answer_.append(from, size);
    return static_cast<ssize_t>(size);
}

bool Connection::deliver() {
    if (fault_.wire != WireFault::none && !answer_.empty()) return deliver_broken();
    const bool open = send(answer_) && !says_close();
    answer_.clear();
    return open;
}

bool Connection::deliver_broken() {
    switch (fault_.wire) {
        case WireFault::reset: {
            const linger at_once{1, 0};
            ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
            return false;
        }
        case WireFault::truncate: {
            const auto body = answer_.find(end_of_head) + end_of_head.size();
            send(std::string_view{answer_}.substr(0, body + (answer_.size() - body) / 2));
            return false;
        }
        case WireFault::garbage:
            send("\x16\x03\x01 this is not HTTP \xff\xfe\r\n\r\n{]");
            return false;
        case WireFault::drip: {
            const bool open = send_slowly(answer_) && !says_close();
            answer_.clear();
            return open;
        }
        case WireFault::none:
            break;
    }
    return false;
}

bool Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Connection::send_slowly(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, fault_.drip_bytes);
        if (!send(piece)) return false;
        bytes.remove_prefix(piece.size());
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

bool Connection::says_close() const {
    const auto head = std::string_view{answer_}.substr(0, answer_.find(end_of_head) + 2);
    return head.find("\r\nConnection: close\r\n") != std::string_view::npos;
}

// All services listen on loopback only, and none of them looks at the peer.
void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

}  // namespace stub
