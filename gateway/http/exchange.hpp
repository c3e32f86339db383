// Where server and composition meet: a Request goes in, an Answer comes out. Neither says HTTP/1.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "async/time.hpp"
#include "http/answer.hpp"
#include "http/body_stream.hpp"
#include "http/message.hpp"
#include "outcome/record.hpp"

namespace weft {

// One client request. Lives in the session until its answer is written.
struct Request {
    const RequestHead* head = nullptr;
    std::string_view scheme = "http";
    std::string_view peer_address;  // without the port
    // The peer is a proxy whose word on its own client counts (X-Forwarded-*, Forwarded).
    bool peer_is_trusted = false;
    std::string request_id;      // the client's, if it is well-formed, else made
    TimePoint received{};        // when the head was complete
    BodyStream* body = nullptr;  // never null; empty at once if there is no body
    RequestRecord* record = nullptr;
    // In bytes: beyond it body->next() fails with request_body_too_large, at once where
    // Content-Length says so. May be changed until the first body->next().
    std::uint64_t body_limit = 1 << 20;

    // What to call when the client has gone away while the request is in work; set by whoever works
    // on it, cleared before it returns.
    std::function<void()> on_client_gone;
};

// Everything that answers requests has this shape, and so has every layer around it.
class Handler {
  public:
    virtual ~Handler() = default;
    virtual Awaitable<Answer> handle(Request& request) = 0;
};

}  // namespace weft
