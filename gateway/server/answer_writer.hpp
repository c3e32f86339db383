// Writes answers as HTTP/1.1 messages to one connection.
#pragma once

#include <cstdint>
#include <optional>

#include "http/exchange.hpp"
#include "http/message_writer.hpp"
#include "server/client_connection.hpp"
#include "server/date_cache.hpp"

namespace weft {

// How the body of an answer is delimited, and whether it is sent at all (RFC 9112 section 6.3).
struct AnswerFraming {
    enum class Body : std::uint8_t { sent, left_out };

    BodyFraming framing;
    Body body = Body::sent;
};

// `method` and `minor_version` are the request's.
AnswerFraming frame_answer(const Answer& answer, Method method, int minor_version);

enum class AnswerEnd : std::uint8_t {
    written,
    withheld,       // the stream failed before a byte of the answer went out
    stream_failed,  // part of the body is missing: the connection must not end cleanly
    client_gone,    // reset, or took nothing for too long
};

class AnswerWriter {
  public:
    AnswerWriter(ClientConnection& connection, DateCache& date)
        : connection_{connection}, date_{date} {}

    // Nearly all answers go out without a wait. Nothing: finish() has the rest.
    std::optional<AnswerEnd> begin(
        const Answer& answer, const AnswerFraming& framing, ConnectionOption option
    );
    Awaitable<AnswerEnd> finish(const Answer& answer);

    // Why the stream of the last answer failed.
    const std::optional<Failure>& stream_failure() const noexcept { return stream_failure_; }

  private:
    void write_head(const Answer& answer, const AnswerFraming& framing, ConnectionOption option);
    Awaitable<AnswerEnd> write_stream(BodyStream& stream);
    Awaitable<Result<std::string_view>> pull(BodyStream& stream);
    void add_piece(std::string_view bytes, Framing framing);
    Awaitable<AnswerEnd> flush();

    ClientConnection& connection_;
    DateCache& date_;
    Outgoing outgoing_;
    AnswerFraming framing_;
    std::optional<Failure> stream_failure_;
};

}  // namespace weft
