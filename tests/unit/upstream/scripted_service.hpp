// A service for tests that says exactly the bytes it is told to, on the test's own io_context.
#pragma once

#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "unit/socket.hpp"

namespace weft {

// One connection to the service.
class Peer : public std::enable_shared_from_this<Peer> {
  public:
    Peer(Socket socket, std::size_t number) : index{number}, socket_{std::move(socket)} {}

    const std::size_t index;  // in the order of accepting
    std::string received;     // what came since the last whole request
    std::vector<std::string> requests;
    bool ended = false;  // the gateway has closed or reset it

    void send(std::string bytes) {
        auto kept = std::make_shared<std::string>(std::move(bytes));
        asio::async_write(
            socket_,
            asio::buffer(*kept),
            [self = shared_from_this(), kept](error_code, std::size_t) {}
        );
    }

    // Comes back when the gateway's kernel has the bytes, whether or not the gateway has seen them.
    void send_through(const std::string& bytes) {
        asio::write(socket_, asio::buffer(bytes));
        for (int unacknowledged = 1; unacknowledged > 0;) {
            ::ioctl(socket_.native_handle(), SIOCOUTQ, &unacknowledged);
        }
    }

    // A byte of urgent data (RFC 9293 section 3.8.5), in front of which a receive stops.
    void send_urgent_byte() { socket_.send(asio::buffer("!", 1), Socket::message_out_of_band); }

    void close() {
        error_code ignored;
        socket_.shutdown(Socket::shutdown_both, ignored);
        socket_.close(ignored);
    }

    void reset() {
        error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
    }

    // Reads no more once so many bytes of an unfinished request have come.
    void hold_after(std::size_t bytes) { held_after_ = bytes; }

    // `on_request` is called for each whole request, `on_bytes` whenever something came.
    void read(std::function<void(Peer&)> on_bytes, std::function<void(Peer&)> on_request) {
        socket_.async_read_some(
            asio::buffer(buffer_),
            [this, self = shared_from_this(), on_bytes, on_request](
                error_code error, std::size_t size
            ) {
                if (error) {
                    ended = true;
                    return;
                }
                received.append(buffer_.data(), size);
                if (on_bytes) on_bytes(*this);
                take_requests(on_request);
                if (socket_.is_open() && received.size() < held_after_) read(on_bytes, on_request);
            }
        );
    }

  private:
    void take_requests(const std::function<void(Peer&)>& on_request) {
        for (auto end = whole_request(); end != 0; end = whole_request()) {
            requests.push_back(received.substr(0, end));
            received.erase(0, end);
            if (on_request) on_request(*this);
        }
    }

    // The size of the request at the front, 0 while it is not whole.
    std::size_t whole_request() const {
        const auto head = received.find("\r\n\r\n");
        if (head == std::string::npos) return 0;
        const auto length = received.find("Content-Length: ");
        if (length < head) {
            const auto size = head + 4 + std::stoul(received.substr(length + 16, 20));
            return received.size() < size ? 0 : size;
        }
        if (received.find("Transfer-Encoding: chunked") > head) return head + 4;
        const auto last = received.find("0\r\n\r\n", head);
        return last == std::string::npos ? 0 : last + 5;
    }

    Socket socket_;
    std::size_t held_after_ = std::numeric_limits<std::size_t>::max();
    std::array<char, 16 * 1024> buffer_{};
};

class ScriptedService {
  public:
    explicit ScriptedService(asio::io_context& context)
        : acceptor_{context, Endpoint{asio::ip::address_v4::loopback(), 0}} {
        accept();
    }

    Endpoint endpoint() const { return acceptor_.local_endpoint(); }

    std::function<void(Peer&)> on_accept;
    std::function<void(Peer&)> on_bytes;
    std::function<void(Peer&)> on_request;
    std::vector<std::shared_ptr<Peer>> peers;

    std::size_t requests() const {
        std::size_t count = 0;
        for (const auto& peer : peers) count += peer->requests.size();
        return count;
    }

    void stop_listening() { acceptor_.close(); }

  private:
    void accept() {
        acceptor_.async_accept([this](error_code error, Socket socket) {
            if (error) return;
            peers.push_back(std::make_shared<Peer>(std::move(socket), peers.size()));
            Peer& peer = *peers.back();
            if (on_accept) on_accept(peer);
            peer.read(
                [this](Peer& from) {
                    if (on_bytes) on_bytes(from);
                },
                [this](Peer& from) {
                    if (on_request) on_request(from);
                }
            );
            accept();
        });
    }

    Acceptor acceptor_;
};

}  // namespace weft
