// Reads the answers of a service from the bytes of one connection, without a socket, as strictly as
// requests are read (HTTP.md, "Answers from services"). Interim answers are skipped.
//
//     per exchange:  begin(), read_head() until it gives a head, set_body_limit(), read_body()
//     until the end
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "http/body_reader.hpp"
#include "http/head_scanner.hpp"
#include "http/message.hpp"
#include "http/receive_buffer.hpp"
#include "http/response_check.hpp"
#include "outcome/result.hpp"

namespace weft {

class ResponseReader {
  public:
    static constexpr int most_interim_answers = 8;

    explicit ResponseReader(const HeadLimits& limits = HeadLimits{});
    ResponseReader(const ResponseReader&) = delete;
    ResponseReader& operator=(const ResponseReader&) = delete;

    // A request of that method is about to be sent: what is received next is its answer. Only on a
    // fresh reader or when reusable().
    void begin(Method method, ContentCodings codings = ContentCodings::any);

    // As RequestReader's.
    std::span<char> prepare();
    void commit(std::size_t bytes) noexcept;

    // The head of the final answer; null: more bytes are needed. The pointer and its views hold
    // until begin(). A failure is final for the connection: response_head_too_large, protocol,
    // transfer_coding, content_coding.
    Result<const ResponseHead*> read_head();

    // In bytes. response_body_too_large if Content-Length is above it. Without a call: no limit.
    Result<void> set_body_limit(std::uint64_t bytes);

    // The next piece of the body. Fails with protocol, response_body_too_large.
    Result<BodyPart> read_body();

    // The service has closed its side. Fails with connection_closed if no byte of an answer was
    // received, response_incomplete within one; no failure where the end of the connection ends the
    // body (read_body() then gives what is left and the end) and after a complete answer.
    Result<void> on_eof();

    // Any byte since begin(), interim answers included: a replay on another connection is no longer
    // safe to assume.
    bool received_any() const noexcept { return received_any_; }

    bool message_complete() const noexcept;

    // The answer is complete, the service keeps the connection open, and not one byte came after
    // the answer. Also true before the first begin() while nothing was received.
    bool reusable() const noexcept;

    // Of the service's last `Keep-Alive: timeout=N`; nothing if it gave none.
    std::optional<std::chrono::seconds> keep_alive_timeout() const noexcept {
        return head_.keep_alive_timeout;
    }

  private:
    Result<void> take_head();
    Result<void> check_head();
    Failure refuse_body();
    void drop_message() noexcept;
    Failure ended_early();
    Failure refuse(Failure failure);

    ReceiveBuffer buffer_;
    HeadScanner scanner_;
    BodyReader body_;
    AnswerRules rules_;
    ResponseHead head_;
    int interim_ = 0;
    bool begun_ = false;
    bool has_head_ = false;
    bool received_any_ = false;
    bool eof_ = false;
    std::optional<Failure> failed_;
};

}  // namespace weft
