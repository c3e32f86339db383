// Where server and composition meet: a Request goes in, an Answer comes out. Neither says HTTP/1.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/body_stream.hpp"
#include "http/message.hpp"
#include "outcome/record.hpp"

namespace weft {

// One client request. Lives in the session until its answer is written.
struct Request {
    const RequestHead* head = nullptr;
    std::string_view scheme = "http";
    std::string_view peer_address;  // without the port
    std::string request_id;         // the client's, if it is well-formed, else made
    TimePoint received{};           // when the head was complete
    BodyStream* body = nullptr;     // never null; empty at once if there is no body
    RequestRecord* record = nullptr;
    // In bytes: beyond it body->next() fails with request_body_too_large, at once where
    // Content-Length says so. May be changed until the first body->next().
    std::uint64_t body_limit = 1 << 20;

    // What to call when the client has gone away while the request is in work; set by whoever works
    // on it, cleared before it returns.
    std::function<void()> on_client_gone;
};

// A body in parts, in order: views into `owners`, or into something that lives as long as the
// program (literals of a plan are held by the snapshot, which is one of the owners).
struct Answer {
    std::uint16_t status = 200;
    std::vector<OwnedField>
        fields;  // without Content-Length, Transfer-Encoding, Connection, Date: those are framing
    std::vector<std::string_view> pieces;
    std::vector<std::shared_ptr<const void>> owners;
    // Instead of pieces: a body of which the end is not known yet.
    std::unique_ptr<BodyStream> stream;
    std::optional<std::uint64_t> stream_length;  // Content-Length of `stream`, where it is known
    bool close = false;                          // end the connection after this answer

    Answer() = default;
    Answer(Answer&&) noexcept = default;
    Answer& operator=(Answer&&) noexcept = default;
};

// Everything that answers requests has this shape, and so has every layer around it.
class Handler {
  public:
    virtual ~Handler() = default;
    virtual Awaitable<Answer> handle(Request& request) = 0;
};

}  // namespace weft
