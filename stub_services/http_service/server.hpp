// cpp-httplib's server with what it lacks for serving many kept connections fast: a deep backlog,
// no shared port, no delayed small sends, pipelined input that is kept, and an end that leaves no
// answer unsent.
#pragma once

#include <httplib.h>

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <unordered_set>

#include "http_service/fault.hpp"
#include "http_service/options.hpp"

namespace stub {

// How long a kept connection may wait for its next request.
inline constexpr int idle_seconds = 10;

class Server final : public httplib::Server {
  public:
    // Called with the head of each request before it is answered.
    using FaultOf = std::function<Fault(const httplib::Request&)>;

    Server(const stub::Options& options, FaultOf fault_of);

    // Listens on 127.0.0.1; the port it got, or std::system_error.
    std::uint16_t bind(std::uint16_t port);

    // Serves until finish(), which may come from any thread, even before. Requests in work are
    // answered.
    void serve();
    void finish();

  private:
    bool process_and_close_socket(socket_t socket) override;
    void enter(socket_t socket);
    void leave(socket_t socket);

    FaultOf fault_of_;
    socket_t listener_ = INVALID_SOCKET;
    std::mutex mutex_;  // guards what follows
    std::unordered_set<socket_t> open_;
    bool finishing_ = false;
};

}  // namespace stub
