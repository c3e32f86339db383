#include "conformance/recording_service.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

namespace weft::conformance {
namespace {

constexpr int backlog = 1024;

int open_listener() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, backlog) != 0) {
        throw std::system_error{errno, std::generic_category(), "recording service"};
    }
    return listener;
}

std::uint16_t port_of(int listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

// The gateway takes at once what these tests answer.
bool send_all(int socket, const std::string& bytes) {
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

std::string answer_to(const ServiceRequest& request) {
    const std::string body = request.body.empty() ? "ok" : request.body;
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           (request.method == "HEAD" ? "" : body);
}

}  // namespace

RecordingService::RecordingService() : listener_{open_listener()}, port_{port_of(listener_)} {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error{errno, std::generic_category(), "pipe"};
    }
    stop_read_ = ends[0];
    stop_write_ = ends[1];
    thread_ = std::thread{[this] { run(); }};
}

RecordingService::~RecordingService() {
    ::close(stop_write_);
    thread_.join();
    for (const Peer& peer : peers_) ::close(peer.socket);
    ::close(stop_read_);
    ::close(listener_);
}

RecordingService::Record RecordingService::take_record() {
    const std::lock_guard lock{mutex_};
    return std::exchange(record_, {});
}

void RecordingService::run() {
    for (;;) {
        std::vector<pollfd> waited{{stop_read_, POLLIN, 0}, {listener_, POLLIN, 0}};
        for (const Peer& peer : peers_) waited.push_back({peer.socket, POLLIN, 0});
        if (::poll(waited.data(), waited.size(), -1) < 0 && errno != EINTR) return;
        if (waited[0].revents != 0) return;
        const std::lock_guard lock{mutex_};
        accept_all();
        receive_all();
        answer_all();
    }
}

void RecordingService::accept_all() {
    const int on = 1;
    for (;;) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (socket < 0) return;
        ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        peers_.push_back({socket, {}});
    }
}

void RecordingService::receive_all() {
    std::erase_if(peers_, [this](Peer& peer) {
        if (receive(peer)) return false;
        ::close(peer.socket);
        return true;
    });
}

bool RecordingService::receive(Peer& peer) {
    std::array<char, 64 << 10> room{};
    for (;;) {
        const auto got = ::recv(peer.socket, room.data(), room.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
        if (got <= 0) return false;
        if (peer.bytes.empty()) ++record_.begun;
        peer.bytes.append(room.data(), static_cast<std::size_t>(got));
    }
}

void RecordingService::answer_all() {
    std::erase_if(peers_, [this](Peer& peer) {
        if (answer(peer)) return false;
        ::close(peer.socket);
        return true;
    });
}

bool RecordingService::answer(Peer& peer) try {
    auto request = take_request(peer.bytes, "127.0.0.1:" + std::to_string(port_));
    if (!request) return true;
    const auto answered = answer_to(*request);
    record_.requests.push_back(std::move(*request));
    return send_all(peer.socket, answered);
} catch (const std::exception& fault) {
    record_.faults.emplace_back(fault.what());
    return false;
}

}  // namespace weft::conformance
