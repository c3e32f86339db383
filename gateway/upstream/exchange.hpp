// One request to a service and its answer. What carries it (a pooled connection, a stream of one)
// is not said here. An exchange never waits: it is asked for what has come, and tells its user when
// to ask again. upstream/awaited_exchange.hpp is the same for coroutines.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "async/time.hpp"
#include "http/message.hpp"
#include "http/response_reader.hpp"
#include "http/shared_text.hpp"
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
    ExchangeRequest() = default;
    ExchangeRequest(Method request_method, std::string request_target)
        : method{request_method}, target{std::move(request_target)} {}

    Method method = Method::get;
    BodyTransfer body_kind = BodyTransfer::buffered;
    ContentCodings codings = ContentCodings::any;  // that the answer may have
    // Allows the replay of a method that is not idempotent.
    bool has_idempotency_key = false;
    std::string target;      // origin-form, checked
    SharedText field_lines;  // checked and preformatted: "Name: value\r\n" for each
    std::string body;
    // Without it a streamed body goes out chunked.
    std::optional<std::uint64_t> streamed_length;
    // Of the answer's body, in bytes; without it that is not limited.
    std::optional<std::uint64_t> max_body;
};

// What is known about an exchange, at any time.
struct ExchangeFacts {
    bool reused_connection = false;  // the last attempt went over one that had served before
    std::uint8_t attempts = 0;       // 2 after a replay on a fresh connection
    bool request_written = false;    // a byte of the request has left: the service may have acted
};

class ExchangeUser {
  public:
    virtual ~ExchangeUser() = default;

    // What was not there may be there now: the connection, a part of the answer, room for more of
    // the body, a failure. Comes from an event, never from inside a function of the exchange. May
    // let go of the exchange.
    virtual void on_progress() = 0;
};

// A failure stays: it is the answer to every later question. After a failure, and once the last
// owner lets go, the connection is closed unless both messages are complete and it may be used
// again.
//
// A reused connection that fails before the first byte of an answer is replaced by a fresh one,
// once, unseen by the user, if the method is idempotent or the request has an Idempotency-Key, and
// the body is buffered.
class Exchange {
  public:
    virtual ~Exchange() = default;

    // Whatever has not come by then, now and later, is connect_timeout, write_timeout,
    // read_timeout, or (while waiting for a connection, at half of the time) connection_limit. What
    // the kernel has received by then is still taken. May be moved in both directions.
    virtual void expires_at(TimePoint when) = 0;
    virtual void never_expires() = 0;

    // Leases a connection and sends the head and a buffered body. What the connection does not take
    // at once follows by itself. To be called once. The exchange and its user may hold each other:
    // it lets go of the user when its pool is closed, after one last on_progress().
    virtual void send(ExchangeRequest&& request, std::shared_ptr<ExchangeUser> user) = 0;
    // Whether the connection is there and the request on its way.
    virtual Result<bool> is_sent() = 0;

    // Of a streamed body: whether the kernel has taken all that was given, so that more may follow.
    // Fails with connection_closed when the service takes no more or has refused the request with a
    // status of 400 or above, which does not keep its answer from being read.
    virtual Result<bool> has_room() = 0;
    // The next piece, or the end, of a streamed body; only while it has room.
    virtual Result<void> write(std::string_view piece) = 0;
    virtual Result<void> finish() = 0;

    // The final head, once it is there: interim answers are skipped. Holds until the exchange is
    // destroyed. Null: not yet.
    virtual Result<const ResponseHead*> head() = 0;

    // The next piece of the body that follows the head. It holds until the next call.
    virtual Result<BodyPart> body() = 0;

    // Is the answer from now on, and stops the exchange (over HTTP/1: closes the connection). The
    // user is not told.
    virtual void cancel(FailureKind why) = 0;

    virtual ExchangeFacts facts() const noexcept = 0;
};

}  // namespace weft
