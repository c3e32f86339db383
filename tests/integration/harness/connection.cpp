#include "integration/harness/connection.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace weft {
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error{what}; }

[[noreturn]] void fail_with_errno(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string word(std::string_view line, int index) {
    for (; index > 0; --index) line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
    return std::string{line.substr(0, line.find(' '))};
}

}  // namespace

int Message::status() const { return std::stoi(word(start_line, 1)); }

std::string Message::field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string{} : found->second;
}

std::string Message::method() const { return word(start_line, 0); }

std::string Message::target() const { return word(start_line, 1); }

Connection::Connection(int socket) : socket_{socket} {
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval limit{patience.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Connection Connection::to(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) fail_with_errno("socket");
    Connection connection{socket};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        fail_with_errno("connect");
    }
    return connection;
}

Connection::Connection(Connection&& other) noexcept
    : socket_{std::exchange(other.socket_, -1)}, input_{std::move(other.input_)} {}

Connection::~Connection() { close(); }

bool Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void Connection::end_output() { ::shutdown(socket_, SHUT_WR); }

void Connection::reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

void Connection::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

Connection::Input Connection::receive() {
    std::array<char, 64 << 10> bytes{};
    ssize_t got = 0;
    do {
        got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        fail("no bytes came; so far: " + input_);
    if (got <= 0) return Input::end;
    input_.append(bytes.data(), static_cast<std::size_t>(got));
    return Input::bytes;
}

std::string Connection::take(std::size_t count) {
    while (input_.size() < count) {
        if (receive() == Input::end) fail("the connection ended within a message: " + input_);
    }
    auto taken = input_.substr(0, count);
    input_.erase(0, count);
    return taken;
}

std::string Connection::take_line() {
    auto end = input_.find("\r\n");
    while (end == std::string::npos) {
        if (receive() == Input::end) fail("the connection ended within a line: " + input_);
        end = input_.find("\r\n");
    }
    auto line = take(end + 2);
    line.resize(end);
    return line;
}

std::string Connection::take_chunks() {
    std::string body;
    for (;;) {
        const auto size = std::stoul(take_line(), nullptr, 16);
        if (size == 0) break;
        body += take(size);
        if (!take_line().empty()) fail("a chunk without its end");
    }
    while (!take_line().empty()) {
    }
    return body;
}

std::optional<Message> Connection::read_message(BodyRule rule) {
    while (input_.empty()) {
        if (receive() == Input::end) return std::nullopt;
    }
    Message message;
    message.start_line = take_line();
    for (auto line = take_line(); !line.empty(); line = take_line()) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) fail("not a field: " + line);
        auto& value = message.fields[lower(line.substr(0, colon))];
        if (!value.empty()) value += ", ";
        value += trimmed(std::string_view{line}.substr(colon + 1));
    }
    const bool answer = message.start_line.starts_with("HTTP/");
    if (rule == BodyRule::never || (answer && (message.status() == 204 || message.status() == 304 ||
                                               message.status() < 200))) {
        return message;
    }
    if (message.field("transfer-encoding") == "chunked") {
        message.body = take_chunks();
    } else if (message.fields.contains("content-length")) {
        message.body = take(std::stoul(message.field("content-length")));
    } else if (answer) {
        message.body = read_to_end();
    }
    return message;
}

std::string Connection::read_some() {
    if (input_.empty()) receive();
    return std::exchange(input_, {});
}

std::string Connection::read_to_end() {
    while (receive() == Input::bytes) {
    }
    return std::exchange(input_, {});
}

bool Connection::closes_within(std::chrono::milliseconds limit) {
    if (!input_.empty()) return false;
    pollfd waited{socket_, POLLIN, 0};
    if (::poll(&waited, 1, static_cast<int>(limit.count())) <= 0) return false;
    return receive() == Input::end;
}

}  // namespace weft
