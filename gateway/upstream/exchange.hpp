// One request to a service and its answer. What carries it (a pooled connection, a stream of one)
// is not said here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "async/types.hpp"
#include "http/body_stream.hpp"
#include "http/message.hpp"
#include "http/response_reader.hpp"
#include "outcome/result.hpp"

namespace weft {

enum class BodyTransfer : std::uint8_t {
    buffered,  // the whole of it is in ExchangeRequest::body, which may be empty
    streamed,  // comes through Exchange::write() and Exchange::finish()
};

// What goes out. Framing, Host and connection fields are the exchange's own and must not stand in
// `field_lines`.
class ExchangeRequest {
  public:
    ExchangeRequest(Method request_method, std::string request_target)
        : method{request_method}, target{std::move(request_target)} {}

    Method method;
    std::string target;       // origin-form, checked
    std::string field_lines;  // checked and preformatted: "Name: value\r\n" for each
    BodyTransfer body_kind = BodyTransfer::buffered;
    std::string body;
    // Without it a streamed body goes out chunked.
    std::optional<std::uint64_t> streamed_length;
    // Allows the replay of a method that is not idempotent.
    bool has_idempotency_key = false;
    // Of the answer's body, in bytes; without it that is not limited.
    std::optional<std::uint64_t> max_body;
    ContentCodings codings = ContentCodings::any;
};

// What is known about an exchange, at any time.
struct ExchangeFacts {
    bool reused_connection = false;  // the last attempt went over one that had served before
    std::uint8_t attempts = 0;       // 2 after a replay on a fresh connection
    bool request_written = false;    // a byte of the request has left: the service may have acted
};

// One coroutine reads; the same or another one writes. After a failure, and once the last owner
// lets go, the connection is closed unless both messages are complete and it may be used again.
//
// A reused connection that fails before the first byte of an answer is replaced by a fresh one,
// once, unseen by the caller, if the method is idempotent or the request has an Idempotency-Key,
// and the body is buffered.
class Exchange {
  public:
    virtual ~Exchange() = default;

    // Every wait, now and later, ends at that time with connect_timeout, write_timeout,
    // read_timeout, or (while waiting for a connection, at half of the time) connection_limit. What
    // the kernel has received by then is still taken. May be moved in both directions.
    virtual void expires_at(TimePoint when) = 0;
    virtual void never_expires() = 0;

    // Leases a connection and sends the head and a buffered body. Returns when the connection is
    // there: what it does not take at once follows by itself while the answer is read. To be called
    // once.
    virtual Awaitable<Result<void>> send(ExchangeRequest request) = 0;

    // A streamed body, piece by piece. Returns when the kernel has taken it. Fails with
    // connection_closed when the service takes no more or has refused the request with a status of
    // 400 or above, which does not keep its answer from being read.
    virtual Awaitable<Result<void>> write(std::string_view piece) = 0;
    virtual Awaitable<Result<void>> finish() = 0;

    // The final head: interim answers are skipped. Holds until the exchange is destroyed. May be
    // awaited while another coroutine still writes the request's body.
    virtual Awaitable<Result<const ResponseHead*>> read_head() = 0;

    // The body that follows the head. Valid as long as the exchange.
    virtual BodyStream& body() = 0;

    // Ends every wait, now and later, with that failure and stops the exchange (over HTTP/1: closes
    // the connection).
    virtual void cancel(FailureKind why) = 0;

    virtual ExchangeFacts facts() const noexcept = 0;
};

}  // namespace weft
