#include "upstream/request_writer.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>

namespace weft {
namespace {

// Up to here a copy is cheaper than a second buffer in the system call.
constexpr std::size_t copied_body = 16 * 1024;

// A method that gives a body a meaning says so even when there is none (RFC 9110 section 8.6).
bool announces_empty_body(Method method) noexcept {
    return method == Method::post || method == Method::put || method == Method::patch;
}

BodyFraming framing_of(const ExchangeRequest& request) {
    if (request.body_kind == BodyTransfer::streamed) {
        if (!request.streamed_length) return {Framing::chunked, 0};
        return {Framing::length, *request.streamed_length};
    }
    if (request.body.empty() && !announces_empty_body(request.method)) return {};
    return {Framing::length, request.body.size()};
}

}  // namespace

void RequestWriter::begin(
    const ExchangeRequest& request,
    std::string_view authority,
    Connection& connection,
    std::string& room
) {
    broken_ = false;
    framing_ = framing_of(request);
    ended_ = request.body_kind == BodyTransfer::buffered;
    announced_ = framing_.length;
    offset_ = 0;
    put_together(room, request, authority);
    flush(connection);
    if (flushed()) {
        out_ = body_ = {};
        offset_ = 0;
    } else {
        out_ = kept_ = room;
    }
}

void RequestWriter::put_together(
    std::string& room, const ExchangeRequest& request, std::string_view authority
) {
    room.clear();
    append_request_head(
        room, {request.method, request.target, authority, request.field_lines.view(), framing_}
    );
    const bool copied = request.body.size() <= copied_body;
    if (copied && !request.body.empty()) room += request.body;
    out_ = room;
    body_ = copied ? std::string_view{} : request.body;
}

bool RequestWriter::add(std::string_view piece) {
    const bool has_length = framing_.framing == Framing::length;
    if (has_length && piece.size() > announced_) return false;
    kept_.clear();
    offset_ = 0;
    if (has_length) {
        announced_ -= piece.size();
        kept_ += piece;
    } else {
        append_chunk_start(kept_, piece.size());
        kept_.append(piece).append(chunk_end);
    }
    out_ = kept_;
    return true;
}

bool RequestWriter::end() {
    if (framing_.framing == Framing::length && announced_ != 0) return false;
    if (framing_.framing == Framing::chunked && !ended_) {
        out_ = last_chunk;
        offset_ = 0;
    }
    ended_ = true;
    return true;
}

void RequestWriter::flush(Connection& connection) {
    while (!flushed() && !broken_) {
        const std::size_t head = std::min(offset_, out_.size());
        const std::string_view first = out_.substr(head);
        const std::string_view second = body_.substr(offset_ - head);
        error_code error;
        const std::size_t taken = connection.write_some(
            {asio::buffer(first.data(), first.size()), asio::buffer(second.data(), second.size())},
            error
        );
        if (error == asio::error::would_block) return connection.watch_write();
        broken_ = error.failed();
        any_written_ = any_written_ || taken > 0;
        offset_ += taken;
    }
}

}  // namespace weft
