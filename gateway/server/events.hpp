// What a server tells the rest of the gateway while it works. Counters and the access log hang on
// this, wired in app/.
#pragma once

#include <string_view>

#include "async/types.hpp"
#include "outcome/record.hpp"

namespace weft {

// Called on the worker's thread, on the request path: must neither block nor throw.
class ServerEvents {
  public:
    virtual ~ServerEvents() = default;

    virtual void connection_opened() {}
    virtual void connection_closed() {}
    // Closed at once, because its address has too many.
    virtual void connection_refused() {}
    // A well-formed head has arrived and goes to the handler.
    virtual void request_started() {}
    // Pairs with request_started(), in all cases.
    virtual void request_finished() {}
    // The answer is out, or will never be. Also for heads that were refused: those were not
    // started.
    virtual void request_ended(const RequestRecord& /*record*/) {}
    // Accepting pauses for want of file descriptors or memory: at most once a second.
    virtual void accept_paused(const error_code& /*reason*/) {}
    // A bug: an exception left the handler. Its connection gets a 500 and is closed.
    virtual void handler_threw(std::string_view /*what*/) {}
};

}  // namespace weft
