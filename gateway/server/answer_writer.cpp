#include "server/answer_writer.hpp"

#include <algorithm>
#include <ctime>

namespace weft {
namespace {

// A head waits this long for the first piece of its streamed body, so that both go out in one send.
constexpr std::chrono::milliseconds head_waits{4};

// Of a stream that is there as fast as the client takes it, before others have their turn.
constexpr unsigned pieces_at_once = 16;

constexpr std::size_t usual_head = 512;  // bytes

constexpr bool never_has_body(std::uint16_t status) noexcept {
    return status == 204 || status == 304;
}

std::optional<std::uint64_t> known_length(const Answer& answer) {
    if (answer.stream || answer.stream_length) return answer.stream_length;
    std::uint64_t length = 0;
    for (const std::string_view piece : answer.pieces) length += piece.size();
    return length;
}

Failure wrong_length() {
    return Failure{FailureKind::internal, "a streamed body has not the length that was said"};
}

}  // namespace

AnswerFraming frame_answer(const Answer& answer, Method method, int minor_version) {
    using Body = AnswerFraming::Body;
    if (never_has_body(answer.status)) return {{Framing::none, 0}, Body::left_out};
    const auto length = known_length(answer);
    const Body body = method == Method::head ? Body::left_out : Body::sent;
    if (length) return {{Framing::length, *length}, body};
    if (body == Body::left_out) return {{Framing::none, 0}, body};
    return {{minor_version >= 1 ? Framing::chunked : Framing::until_close, 0}, body};
}

std::optional<AnswerEnd> AnswerWriter::begin(
    const Answer& answer, const AnswerFraming& framing, ConnectionOption option
) {
    outgoing_.clear();
    framing_ = framing;
    stream_failure_.reset();
    outgoing_.text().reserve(
        usual_head + std::min<std::uint64_t>(framing.framing.length, Outgoing::copy_below)
    );
    write_head(answer, framing, option);
    if (framing.body == AnswerFraming::Body::sent) {
        if (answer.stream) return std::nullopt;
        for (const std::string_view piece : answer.pieces) outgoing_.add(piece);
    }
    const WriteEnd end = connection_.write_now(outgoing_);
    if (end == WriteEnd::blocked) return std::nullopt;
    return end == WriteEnd::done ? AnswerEnd::written : AnswerEnd::client_gone;
}

Awaitable<AnswerEnd> AnswerWriter::finish(const Answer& answer) {
    const bool streams = answer.stream && framing_.body == AnswerFraming::Body::sent;
    return streams ? write_stream(*answer.stream) : flush();
}

void AnswerWriter::write_head(
    const Answer& answer, const AnswerFraming& framing, ConnectionOption option
) {
    HeadWriter head{outgoing_.text()};
    head.status_line(answer.status);
    // A service's own says when it answered (RFC 9110 section 6.6.1).
    if (!answer.dated) head.field_lines(date_.line_at(std::time(nullptr)));
    head.fields(answer.fields)
        .field_lines(answer.field_lines)
        .framing(framing.framing)
        .connection(option)
        .end();
}

Awaitable<AnswerEnd> AnswerWriter::flush() {
    WriteEnd end = connection_.write_now(outgoing_);
    if (end == WriteEnd::blocked) end = co_await connection_.write(outgoing_);
    outgoing_.clear();
    co_return end == WriteEnd::done ? AnswerEnd::written : AnswerEnd::client_gone;
}

void AnswerWriter::add_piece(std::string_view bytes, Framing framing) {
    if (framing != Framing::chunked) return outgoing_.add(bytes);
    append_chunk_start(outgoing_.text(), bytes.size());
    outgoing_.add(bytes);
    outgoing_.text() += chunk_end;
}

// The next piece; what is to go out before it does not wait for it longer than head_waits.
Awaitable<Result<std::string_view>> AnswerWriter::pull(BodyStream& stream) {
    if (!outgoing_.empty()) connection_.write_later(outgoing_, head_waits);
    auto piece = co_await stream.next();
    connection_.cancel_write_later();
    co_return piece;
}

Awaitable<AnswerEnd> AnswerWriter::write_stream(BodyStream& stream) {
    const BodyFraming framing = framing_.framing;
    std::uint64_t left = framing.length;
    auto failed = AnswerEnd::withheld;
    for (unsigned pieces = 1;; ++pieces) {
        if (pieces % pieces_at_once == 0) co_await connection_.take_turns();
        const auto piece = co_await pull(stream);
        // What has begun to go out takes nothing more behind it.
        if (outgoing_.in_flight()) {
            failed = AnswerEnd::stream_failed;
            const AnswerEnd end = co_await flush();
            if (end != AnswerEnd::written) co_return end;
        }
        if (!piece) stream_failure_ = piece.error();
        if (piece && framing.framing == Framing::length) {
            if (piece->empty() ? left > 0 : piece->size() > left) stream_failure_ = wrong_length();
            left -= std::min<std::uint64_t>(left, piece->size());
        }
        if (stream_failure_) co_return failed;
        if (piece->empty()) break;
        failed = AnswerEnd::stream_failed;
        add_piece(*piece, framing.framing);
        const AnswerEnd end = co_await flush();
        if (end != AnswerEnd::written) co_return end;
    }
    if (framing.framing == Framing::chunked) outgoing_.text() += last_chunk;
    co_return co_await flush();
}

}  // namespace weft
