// A proxied request's body on its way to the service.
#pragma once

#include <memory>
#include <string>

#include "http/body_stream.hpp"
#include "upstream/awaited_exchange.hpp"

namespace weft {

// What is held back of a body until its service is asked, bytes: what is malformed so early reaches
// no service, and what is whole by then goes with a length and can be replayed.
inline constexpr std::size_t held_back = 16 << 10;

class BodyStart {
  public:
    std::string bytes;
    bool whole = false;

    BodyStart() = default;  // no aggregate, because it travels through coroutines
};

Awaitable<Result<BodyStart>> hold_back(BodyStream& body);

// The rest of the body, sent while the answer may already be coming back, so that a service that
// answers while it reads never waits for a gateway that only writes.
class Upload {
  public:
    // Sends `start`, then what is left of `body`, from now on. If the client fails to send it, the
    // exchange is cancelled. `body` lives until end() has returned.
    Upload(
        Executor executor,
        std::shared_ptr<AwaitedExchange> exchange,
        BodyStream& body,
        std::string start
    );

    // Stops it, if it still runs, and returns when it does not.
    Awaitable<void> end();

  private:
    class Running;

    std::shared_ptr<Running> running_;
};

}  // namespace weft
