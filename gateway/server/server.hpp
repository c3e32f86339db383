// One worker's share of a listening address: accepts connections and runs one session for each.
// Everything happens on the executor's one thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "async/timers.hpp"
#include "http/exchange.hpp"
#include "server/events.hpp"
#include "server/settings.hpp"

namespace weft {

// All of these outlive the server.
struct ServerParts {
    Executor executor;
    Timers& timers;
    Handler& handler;
    ServerEvents& events;
};

// Before it is destroyed, close_all() is called and the executor is run until open_connections() is
// 0, because the sessions' coroutines stand on it.
class Server {
  public:
    Server(const ServerParts& parts, const ServerSettings& settings);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Once, with a listening socket on the same executor.
    void start(Acceptor acceptor);

    // Limits of heads hold for the connections that are accepted from now on, times from the next
    // wait on. Connections above a lower limit stay until they end.
    void change_settings(const ServerSettings& settings);

    // Accepts what already waits in the backlog, stops accepting, closes idle connections, lets the
    // others finish their request. `drained` is called when no connection is left, never from
    // inside this call.
    void drain(std::function<void()> drained);

    // Ends every connection at once; requests in work see their client gone. Also stops accepting.
    void close_all();

    std::size_t open_connections() const noexcept;
    Endpoint local_endpoint() const;  // of the listening socket

  private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace weft
