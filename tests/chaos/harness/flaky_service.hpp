// A service that answers everything, and treats its connections as badly as a test wants.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace weft {

struct Manners {
    int status = 200;
    // Closes a connection after so many answers, without a word before.
    std::optional<std::size_t> answers_per_connection{};
    // Asked after each answer: closes the connection if no other request has come by then.
    std::function<std::chrono::microseconds()> closes_idle_after{};
    // Asked for each request: whether to close the connection in place of an answer.
    std::function<bool()> swallows{};
};

// Runs on a thread of its own.
class FlakyService {
  public:
    explicit FlakyService(Manners manners);
    ~FlakyService();
    FlakyService(const FlakyService&) = delete;
    FlakyService& operator=(const FlakyService&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    // Whole requests that have come.
    std::size_t requests() const noexcept { return requests_; }
    std::size_t connections() const noexcept { return connections_; }
    // How often the request whose target is that has come.
    std::map<std::string, std::size_t> targets() const;

  private:
    class Peer;

    void accept();
    void received(const std::string& target);

    const Manners manners_;
    boost::asio::io_context context_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::atomic<std::size_t> requests_ = 0;
    std::atomic<std::size_t> connections_ = 0;
    mutable std::mutex mutex_;  // guards what follows
    std::map<std::string, std::size_t> targets_;
    std::thread thread_;
};

}  // namespace weft
