// The body of the request in work, pulled by its handler; what the handler leaves, the session
// drops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "http/body_stream.hpp"
#include "http/exchange.hpp"
#include "http/request_reader.hpp"
#include "server/client_connection.hpp"

namespace weft {

class RequestBody final : public BodyStream {
  public:
    // An unread rest up to here is read and dropped, bytes; before more the connection ends.
    static constexpr std::uint64_t most_dropped = 64 << 10;

    RequestBody(
        ClientConnection& connection, RequestReader& reader, const SessionTimeouts& timeouts
    )
        : connection_{connection}, reader_{reader}, timeouts_{timeouts} {}

    // A new request, whose head the reader has just handed out. Both live until the next begin().
    void begin(const Request& request);

    // Sends "100 Continue" before the first wait for bytes, if the client asked for it and nothing
    // of the body has come. Fails with request_timeout, request_body_too_large, bad_request or
    // client_gone; the connection is then of no further use.
    Awaitable<Result<std::string_view>> next() override;
    Awaitable<void> close() override;

    // The final answer is about to go out: "100 Continue" may not come behind it.
    void answer_begins() noexcept { may_continue_ = false; }

    const std::optional<Failure>& failure() const noexcept { return failure_; }

    // Whether the next request can be reached behind what is left of this body.
    bool can_be_dropped() const noexcept;
    // Reads and drops the rest. False if that did not succeed: the connection is then of no further
    // use.
    Awaitable<bool> drop();

  private:
    Awaitable<std::optional<Failure>> receive();
    Failure fail(Failure failure);
    Duration patience() const noexcept;

    ClientConnection& connection_;
    RequestReader& reader_;
    const SessionTimeouts& timeouts_;
    const Request* request_ = nullptr;
    std::optional<Failure> failure_;
    std::uint64_t received_ = 0;        // bytes of the body
    Duration waited_{};                 // for the client, of this body
    bool limited_ = false;              // the reader knows the limit
    bool continue_is_awaited_ = false;  // by the client, RFC 9110 section 10.1.1
    bool may_continue_ = true;
    bool closed_ = false;  // to whoever waits in next()
};

}  // namespace weft
