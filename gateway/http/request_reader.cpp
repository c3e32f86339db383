#include "http/request_reader.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "http/head_tokens.hpp"

namespace weft {
namespace {

// What may stand before a request (RFC 9112 section 2.2).
constexpr std::string_view empty_line = "\r\n";

FailureKind failure_kind(HeadScan scan) noexcept {
    switch (scan) {
        case HeadScan::target_too_long:
            return FailureKind::target_too_long;
        case HeadScan::too_large:
            return FailureKind::request_head_too_large;
        case HeadScan::method_too_long:
            return FailureKind::method_unknown;
        case HeadScan::version_unsupported:
            return FailureKind::version_unsupported;
        default:
            return FailureKind::bad_request;
    }
}

FailureKind failure_kind(BodyReader::Fault fault) noexcept {
    switch (fault) {
        case BodyReader::Fault::trailers_too_large:
            return FailureKind::request_head_too_large;
        case BodyReader::Fault::too_large:
            return FailureKind::request_body_too_large;
        default:
            return FailureKind::bad_request;
    }
}

}  // namespace

RequestReader::RequestReader(const HeadLimits& limits)
    : buffer_{std::min(limits.head, HeadScanner::largest_head) + largest_body_window},
      scanner_{MessageKind::request, limits} {}

std::span<char> RequestReader::prepare() {
    return has_head_ ? buffer_.room_in_place() : buffer_.room();
}

void RequestReader::commit(std::size_t bytes) noexcept { buffer_.received(bytes); }

Result<const RequestHead*> RequestReader::read_head() {
    if (failed_) return *failed_;
    if (has_head_) return &head_;
    const HeadScan scan = scanner_.scan(buffer_.bytes());
    if (scan == HeadScan::need_more) return nullptr;
    if (scan != HeadScan::complete)
        return refuse(Failure{failure_kind(scan), std::string{scanner_.reason()}});
    if (auto completed = complete_head(); !completed) return refuse(completed.error());
    return &head_;
}

bool RequestReader::asked_for_head_alone() const noexcept {
    return buffer_.bytes().substr(scanner_.begin()).starts_with("HEAD ");
}

Result<void> RequestReader::complete_head() {
    if (auto checked = check_head(); !checked) return checked;
    // The body is received behind the head, which must not move once it is handed out.
    const std::size_t window = body_window(head_.body);
    const std::size_t present = buffer_.bytes().size() - scanner_.end();
    if (buffer_.room_in_place().size() + present < window) {
        buffer_.reserve_room(window - present);
        if (auto checked = check_head(); !checked) return checked;
    }
    body_.begin(head_.body, scanner_.end());
    has_head_ = true;
    return {};
}

Result<void> RequestReader::check_head() {
    const std::string_view head = buffer_.bytes().substr(0, scanner_.end());
    auto tokens = tokenise_request(head.substr(scanner_.begin()), std::move(head_.fields));
    if (!tokens) return Failure{FailureKind::bad_request, "the head is malformed"};
    auto checked = check_.check(*std::move(tokens));
    if (!checked) return checked.error();
    head_ = *std::move(checked);
    return {};
}

Result<void> RequestReader::set_body_limit(std::uint64_t bytes) {
    if (failed_) return *failed_;
    body_.set_limit(bytes);
    return body_fault();
}

Result<BodyPart> RequestReader::read_body() {
    if (failed_) return *failed_;
    const BodyPart part = body_.read(buffer_);
    if (auto fault = body_fault(); !fault) return fault.error();
    return part;
}

Result<void> RequestReader::body_fault() {
    if (body_.fault() == BodyReader::Fault::none) return {};
    return refuse(Failure{failure_kind(body_.fault()), std::string{body_.reason()}});
}

bool RequestReader::message_complete() const noexcept {
    return has_head_ && !failed_ && body_.complete();
}

void RequestReader::next_message() {
    buffer_.drop_front(body_.end());
    scanner_.restart();
    has_head_ = false;
}

std::string_view RequestReader::unread() const noexcept {
    if (!has_head_) return buffer_.bytes();
    return message_complete() ? buffer_.bytes().substr(body_.end()) : std::string_view{};
}

bool RequestReader::started() const noexcept { return !empty_line.starts_with(unread()); }

void RequestReader::release_memory() {
    if (has_head_ || !empty()) return;
    buffer_.release();
    scanner_.release_memory();
    head_ = RequestHead{};
}

Failure RequestReader::refuse(Failure failure) {
    failed_ = failure;
    return failure;
}

}  // namespace weft
