#include "integration/harness/scripted_service.hpp"

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

std::string answer_bytes(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Scripted\r\nContent-Type: application/json\r\n" +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string json_answer(const std::string& body) { return answer_bytes(200, body); }

ScriptedService::Script ScriptedService::json(std::function<std::string(const Message&)> body) {
    return [body = std::move(body)](const Message& request, Connection& connection) {
        connection.send(json_answer(body(request)));
    };
}

ScriptedService::ScriptedService(Script script) : script_{std::move(script)} {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, backlog) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
        throw std::system_error{errno, std::generic_category(), "scripted service"};
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept(); }};
}

ScriptedService::~ScriptedService() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
    }
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

void ScriptedService::accept() {
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock{mutex_};
        if (socket < 0 && !ending_ && errno == EINTR) continue;
        if (socket < 0) return;
        if (ending_) {
            ::close(socket);
            return;
        }
        ++connections_;
        sockets_.push_back(socket);
        threads_.emplace_back([this, socket] { converse(socket); });
        changed_.notify_all();
    }
}

void ScriptedService::converse(int socket) {
    // The script may close the connection; the number is this thread's until it is taken off the
    // list.
    const int own = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    Connection connection{own};
    try {
        while (auto request = connection.read_message()) {
            {
                const std::lock_guard lock{mutex_};
                requests_.push_back(*request);
                changed_.notify_all();
            }
            script_(*request, connection);
        }
    } catch (const std::exception& error) {
        const std::lock_guard lock{mutex_};
        if (!ending_) std::cerr << "scripted service: " << error.what() << '\n';
    }
    const std::lock_guard lock{mutex_};
    std::erase(sockets_, socket);
    ::close(socket);
    changed_.notify_all();
}

std::vector<Message> ScriptedService::requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
}

std::size_t ScriptedService::connections() const {
    const std::lock_guard lock{mutex_};
    return connections_;
}

bool ScriptedService::wait_for_requests(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return requests_.size() >= count; });
}

bool ScriptedService::wait_for_open_connections(std::size_t count) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return sockets_.size() == count; });
}

}  // namespace weft
