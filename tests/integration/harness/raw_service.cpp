#include "integration/harness/raw_service.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace weft {
namespace {

constexpr int backlog = 1024;

}  // namespace

RawService::RawService(Conversation conversation) : conversation_{std::move(conversation)} {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, backlog) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
        throw std::system_error{errno, std::generic_category(), "raw service"};
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept(); }};
}

RawService::~RawService() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    join_ended();
    ::close(listener_);
}

void RawService::accept() {
    do {
        join_ended();
    } while (begin(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)));
}

bool RawService::begin(int socket) {
    const std::lock_guard lock{mutex_};
    if (socket < 0) return !ending_ && errno == EINTR;
    if (ending_) {
        ::close(socket);
        return false;
    }
    ++connections_;
    sockets_.push_back(socket);
    const auto own = threads_.emplace(threads_.end());
    *own = std::thread{[this, socket, own] { converse(socket, own); }};
    changed_.notify_all();
    return true;
}

void RawService::converse(int socket, Threads::iterator own) {
    // The conversation may close the connection; the number is this thread's until it is taken off
    // the list.
    {
        Connection connection{::fcntl(socket, F_DUPFD_CLOEXEC, 0)};
        try {
            conversation_(connection);
        } catch (const std::exception& error) {
            const std::lock_guard lock{mutex_};
            if (!ending_) std::cerr << "service: " << error.what() << '\n';
        }
    }
    const std::lock_guard lock{mutex_};
    std::erase(sockets_, socket);
    ::close(socket);
    // The destructor joins all that are still among the others.
    if (!ending_) ended_.splice(ended_.end(), threads_, own);
    changed_.notify_all();
}

void RawService::join_ended() {
    Threads ended;
    {
        const std::lock_guard lock{mutex_};
        ended.swap(ended_);
    }
    for (auto& thread : ended) thread.join();
}

std::size_t RawService::connections() const {
    const std::lock_guard lock{mutex_};
    return connections_;
}

bool RawService::wait_for_open_connections(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return sockets_.size() == count; });
}

}  // namespace weft
