#include "floor/relay.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include "floor/socket.hpp"

namespace bench {
namespace {

// Below this a copy into one buffer is cheaper than a vector of parts for the kernel.
constexpr std::size_t most_copied = 16 << 10;

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

iovec part(const void* bytes, std::size_t length) {
    return {.iov_base = const_cast<void*>(bytes), .iov_len = length};
}

void drop_written(std::vector<iovec>& parts, std::size_t written) {
    auto first = parts.begin();
    for (; first != parts.end() && written >= first->iov_len; ++first) written -= first->iov_len;
    parts.erase(parts.begin(), first);
    if (parts.empty()) return;
    parts.front().iov_base = static_cast<char*>(parts.front().iov_base) + written;
    parts.front().iov_len -= written;
}

}  // namespace

Relay::Relay(Script script, int listener, std::uint16_t services)
    : script_{std::move(script)},
      answer_length_{script_.answer_length()},
      services_{services},
      listener_{Watched::Kind::listener, listener},
      epoll_{::epoll_create1(EPOLL_CLOEXEC)} {
    if (epoll_ < 0) fail("epoll_create1");
    watch(listener_, EPOLLIN, EPOLL_CTL_ADD);
}

void Relay::run() {
    std::array<epoll_event, 512> events{};
    while (true) {
        const int ready = ::epoll_wait(epoll_, events.data(), int{events.size()}, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; ++i) {
            const auto& event = events[static_cast<std::size_t>(i)];
            handle(*static_cast<Watched*>(event.data.ptr), event.events);
        }
    }
}

void Relay::handle(Watched& watched, std::uint32_t events) {
    switch (watched.kind) {
        case Watched::Kind::listener:
            return accept_all();
        case Watched::Kind::line:
            return read_answer(static_cast<Line&>(watched));
        case Watched::Kind::client:
            auto& client = static_cast<Client&>(watched);
            if ((events & EPOLLOUT) != 0 && !client.unwritten.empty()) write(client);
            if ((events & ~std::uint32_t{EPOLLOUT}) != 0) read_request(client);
    }
}

// Edges, not levels: what was read to its known end needs no further look at the socket.
void Relay::watch(Watched& watched, std::uint32_t events, int operation) const {
    epoll_event event{};
    event.events = events | (watched.kind == Watched::Kind::listener ? 0U : EPOLLET);
    event.data.ptr = &watched;
    if (::epoll_ctl(epoll_, operation, watched.fd, &event) != 0) fail("epoll_ctl");
}

void Relay::accept_all() {
    while (true) {
        const int fd = ::accept4(listener_.fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0 && would_block()) return;
        if (fd < 0) fail("accept4");
        set_no_delay(fd);
        auto client = std::make_unique<Client>();
        client->kind = Watched::Kind::client;
        client->fd = fd;
        for (const auto& call : script_.calls) client->received.emplace_back(call.answer_length());
        watch(*client.release(), EPOLLIN, EPOLL_CTL_ADD);
    }
}

// A client's request comes in one read, and none before the last one is answered.
void Relay::read_request(Client& client) {
    std::array<char, 16 << 10> buffer;
    const auto read = ::recv(client.fd, buffer.data(), buffer.size(), 0);
    if (read < 0 && would_block()) return;
    if (read <= 0) return close(client);
    if (client.awaited > 0) throw std::runtime_error{"a client sent more than one request at once"};
    client.awaited = script_.calls.size();
    begin_call(client, 0);
}

void Relay::begin_call(Client& client, std::size_t call) {
    Line& line = idle_line();
    line.client = &client;
    line.call = call;
    line.received = 0;
    const auto& request = script_.calls[call].request;
    const auto sent = ::send(line.fd, request.data(), request.size(), MSG_NOSIGNAL);
    if (sent < 0) fail("send to the services");
    if (static_cast<std::size_t>(sent) != request.size()) {
        throw std::runtime_error{"a request did not go out whole"};
    }
}

// The last one used, whose data the caches still know.
Line& Relay::idle_line() {
    if (!idle_.empty()) {
        Line& line = *idle_.back();
        idle_.pop_back();
        return line;
    }
    auto& line = *lines_.emplace_back(std::make_unique<Line>());
    line.kind = Watched::Kind::line;
    line.fd = connect_to(services_);
    watch(line, EPOLLIN, EPOLL_CTL_ADD);
    return line;
}

void Relay::read_answer(Line& line) {
    if (line.client == nullptr) throw std::runtime_error{"the services sent what was not asked"};
    Client& client = *line.client;
    auto& answer = client.received[line.call];
    const auto read =
        ::recv(line.fd, answer.data() + line.received, answer.size() - line.received, 0);
    if (read < 0 && would_block()) return;
    if (read < 0) fail("recv from the services");
    if (read == 0) throw std::runtime_error{"the services closed a connection"};
    line.received += static_cast<std::size_t>(read);
    if (line.received < answer.size()) return;

    line.client = nullptr;
    idle_.push_back(&line);
    --client.awaited;
    if (client.fd < 0) {
        if (client.awaited == 0 || line.call == 0) delete &client;
        return;
    }
    if (line.call == 0) {
        for (std::size_t call = 1; call < script_.calls.size(); ++call) begin_call(client, call);
    }
    if (client.awaited == 0) compose(client);
}

void Relay::compose(Client& client) {
    auto& parts = client.unwritten;
    parts.clear();
    for (const auto& [literal, call] : script_.pieces) {
        const auto& [request, head, body] = script_.calls[call];
        parts.push_back(part(literal.data(), literal.size()));
        parts.push_back(part(client.received[call].data() + head, body));
    }
    parts.push_back(part(script_.last_literal.data(), script_.last_literal.size()));
    if (answer_length_ <= most_copied) {
        auto& copied = client.copied;
        copied.clear();
        copied.reserve(answer_length_);
        for (const auto& [bytes, length] : parts) {
            copied.insert(
                copied.end(),
                static_cast<const char*>(bytes),
                static_cast<const char*>(bytes) + length
            );
        }
        parts.assign(1, part(copied.data(), copied.size()));
    }
    write(client);
}

void Relay::write(Client& client) {
    msghdr message{};
    message.msg_iov = client.unwritten.data();
    message.msg_iovlen = client.unwritten.size();
    const auto sent = ::sendmsg(client.fd, &message, MSG_NOSIGNAL);
    // A client that is gone is seen by reading from it.
    if (sent < 0 && !would_block()) return client.unwritten.clear();
    if (sent > 0) drop_written(client.unwritten, static_cast<std::size_t>(sent));
    if (client.unwritten.empty() || client.watches_writing) return;
    client.watches_writing = true;
    watch(client, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
}

// Its calls run to their end, because their connections are kept.
void Relay::close(Client& client) {
    ::close(client.fd);
    client.fd = -1;
    if (client.awaited == 0) delete &client;
}

}  // namespace bench
