// A service without a protocol: one thread for each connection runs the test's conversation.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

#include "integration/harness/connection.hpp"

namespace weft {

class RawService {
  public:
    // Has the connection to itself, until it returns. It may throw what reading throws.
    using Conversation = std::function<void(Connection& connection)>;

    explicit RawService(Conversation conversation);
    // Ends all connections and waits for their conversations.
    ~RawService();
    RawService(const RawService&) = delete;
    RawService& operator=(const RawService&) = delete;

    std::uint16_t port() const noexcept { return port_; }
    // All that were ever accepted.
    std::size_t connections() const;
    // Whether so many connections are open before patience ends.
    bool wait_for_open_connections(std::size_t count) const;

  private:
    using Threads = std::list<std::thread>;

    void accept();
    // False: there will be no more.
    bool begin(int socket);
    void converse(int socket, Threads::iterator own);
    void join_ended();

    const Conversation conversation_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    mutable std::mutex mutex_;  // guards what follows
    mutable std::condition_variable changed_;
    std::vector<int> sockets_;  // still open
    Threads threads_;
    Threads ended_;  // have only to be joined
    std::size_t connections_ = 0;
    bool ending_ = false;
    std::thread acceptor_;
};

}  // namespace weft
