#include "http/response_reader.hpp"

#include <algorithm>
#include <utility>

#include "http/head_tokens.hpp"

namespace weft {
namespace {

FailureKind failure_kind(BodyReader::Fault fault) noexcept {
    switch (fault) {
        case BodyReader::Fault::trailers_too_large:
            return FailureKind::response_head_too_large;
        case BodyReader::Fault::too_large:
            return FailureKind::response_body_too_large;
        default:
            return FailureKind::protocol;
    }
}

}  // namespace

ResponseReader::ResponseReader(const HeadLimits& limits)
    : buffer_{std::min(limits.head, HeadScanner::largest_head) + largest_body_window},
      scanner_{MessageKind::response, limits} {}

void ResponseReader::begin(Method method, ContentCodings codings) {
    drop_message();
    rules_ = {method, codings};
    interim_ = 0;
    begun_ = true;
    received_any_ = false;
}

void ResponseReader::drop_message() noexcept {
    if (!has_head_) return;
    buffer_.drop_front(body_.end());
    scanner_.restart();
    has_head_ = false;
}

std::span<char> ResponseReader::prepare() {
    return has_head_ ? buffer_.room_in_place() : buffer_.room();
}

void ResponseReader::commit(std::size_t bytes) noexcept {
    buffer_.received(bytes);
    if (bytes > 0) received_any_ = true;
}

Result<const ResponseHead*> ResponseReader::read_head() {
    if (failed_) return *failed_;
    while (!has_head_) {
        const HeadScan scan = scanner_.scan(buffer_.bytes());
        if (scan == HeadScan::need_more) {
            if (eof_) return ended_early();
            return nullptr;
        }
        if (scan != HeadScan::complete) {
            const auto kind = scan == HeadScan::too_large ? FailureKind::response_head_too_large
                                                          : FailureKind::protocol;
            return refuse(Failure{kind, std::string{scanner_.reason()}});
        }
        if (auto taken = take_head(); !taken) return refuse(taken.error());
    }
    return &head_;
}

// The head that the scanner has found: an interim one is dropped, another one is handed out.
Result<void> ResponseReader::take_head() {
    if (auto checked = check_head(); !checked) return checked;
    if (head_.status < 200) {
        if (++interim_ > most_interim_answers) {
            return Failure{FailureKind::protocol, "too many interim answers"};
        }
        buffer_.drop_front(scanner_.end());
        scanner_.restart();
        return {};
    }
    const std::size_t window = body_window(head_.body);
    const std::size_t present = buffer_.bytes().size() - scanner_.end();
    // The body is received behind the head, which must not move once it is handed out.
    if (buffer_.room_in_place().size() + present < window) {
        buffer_.reserve_room(window - present);
        if (auto checked = check_head(); !checked) return checked;
    }
    body_.begin(head_.body, scanner_.end());
    if (eof_) body_.on_eof();
    has_head_ = true;
    return {};
}

Result<void> ResponseReader::check_head() {
    auto tokens = tokens_of_response(scanner_, buffer_.bytes(), std::move(head_.fields));
    auto checked = check_response(std::move(tokens), rules_);
    if (!checked) return checked.error();
    head_ = *std::move(checked);
    return {};
}

Result<void> ResponseReader::set_body_limit(std::uint64_t bytes) {
    if (failed_) return *failed_;
    if (body_.set_limit(bytes) != BodyReader::Fault::none) return refuse_body();
    return {};
}

Result<BodyPart> ResponseReader::read_body() {
    if (failed_) return *failed_;
    const BodyPart part = body_.read(buffer_);
    if (body_.fault() != BodyReader::Fault::none) return refuse_body();
    if (part.state() == BodyPart::State::need_more && eof_) return ended_early();
    return part;
}

Failure ResponseReader::refuse_body() {
    return refuse(Failure{failure_kind(body_.fault()), std::string{body_.reason()}});
}

Result<void> ResponseReader::on_eof() {
    if (failed_) return *failed_;
    eof_ = true;
    body_.on_eof();
    if (!has_head_) {
        if (auto head = read_head(); !head) return head.error();
    }
    const bool all_read = buffer_.bytes().size() == body_.end();
    const bool ends_here = body_.complete() || head_.body.framing == Framing::until_close;
    if (all_read && !ends_here) return ended_early();
    return {};
}

Failure ResponseReader::ended_early() {
    const auto kind =
        received_any_ ? FailureKind::response_incomplete : FailureKind::connection_closed;
    return refuse(Failure{kind});
}

bool ResponseReader::message_complete() const noexcept {
    return has_head_ && !failed_ && body_.complete();
}

bool ResponseReader::reusable() const noexcept {
    if (failed_ || eof_) return false;
    if (!begun_) return buffer_.bytes().empty();
    return message_complete() && head_.keep_alive && head_.body.framing != Framing::until_close &&
           buffer_.bytes().size() == body_.end();
}

Failure ResponseReader::refuse(Failure failure) {
    failed_ = failure;
    return failure;
}

}  // namespace weft
