// A service whose every byte a test decides: one thread for each connection runs the test's script
// for each request.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "integration/harness/raw_service.hpp"

namespace weft {

// An answer with a Content-Length.
std::string answer_bytes(int status, const std::string& body);
std::string json_answer(const std::string& body);

class ScriptedService {
  public:
    // Says what it likes on the connection. Runs on the connection's thread, so it may wait.
    using Script = std::function<void(const Message& request, Connection& connection)>;

    explicit ScriptedService(Script script);
    // Answers every request with 200 and the JSON that `body` gives.
    static Script json(std::function<std::string(const Message& request)> body);

    std::uint16_t port() const noexcept { return service_.port(); }
    // All that came so far, in the order in which their heads were complete.
    std::vector<Message> requests() const;
    std::size_t connections() const { return service_.connections(); }
    // Whether so many requests come before patience ends.
    bool wait_for_requests(std::size_t count) const;
    // Whether so many connections are open before patience ends.
    bool wait_for_open_connections(std::size_t count) const {
        return service_.wait_for_open_connections(count);
    }

  private:
    void converse(Connection& connection);

    const Script script_;
    mutable std::mutex mutex_;  // guards what follows
    mutable std::condition_variable changed_;
    std::vector<Message> requests_;
    RawService service_;  // last, because its threads use all the others
};

}  // namespace weft
