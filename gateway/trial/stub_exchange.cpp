#include "trial/stub_exchange.hpp"

#include <algorithm>
#include <utility>

#include "http/message_writer.hpp"
#include "trial/feed.hpp"

namespace weft {
namespace {

std::string answer_bytes(const Stub& stub, Method method) {
    std::string bytes;
    HeadWriter{bytes}
        .status_line(stub.status)
        .fields(stub.fields)
        .framing({Framing::length, stub.body.size()})
        .end();
    if (method != Method::head) bytes += stub.body;
    return bytes;
}

}  // namespace

StubExchange::StubExchange(const Parts& parts) : parts_{parts}, reader_{parts.settings.head} {}

ExchangeFacts StubExchange::facts() const noexcept {
    ExchangeFacts facts;
    facts.attempts = 1;
    facts.request_written = written_;
    return facts;
}

void StubExchange::expires_at(TimePoint when) {
    deadline_ = when;
    watch_time();
}

void StubExchange::watch_time() {
    if (user_ == nullptr || is_over()) return;
    parts_.time.at(std::min(answered_at_, deadline_), [self = weak_from_this()] {
        if (const auto alive = self.lock()) alive->on_time();
    });
}

void StubExchange::on_time() {
    if (is_over()) return;
    look();
    // A copy, because the user may let go of the exchange.
    const auto user = user_;
    if (is_over() && user != nullptr) user->on_progress();
}

void StubExchange::fail(Failure failure) {
    if (!ended_) ended_ = std::move(failure.at_upstream(parts_.settings.name));
}

void StubExchange::cancel(FailureKind why) {
    fail(Failure{why});
    user_.reset();
}

void StubExchange::send(ExchangeRequest&& request, std::shared_ptr<ExchangeUser> user) {
    request_ = std::move(request);
    if (ended_) return;
    if (parts_.time.now() >= deadline_) return fail(Failure{FailureKind::connect_timeout});
    stub_ = parts_.services.answer_to(parts_.settings.name, request_.method, request_.target);
    if (stub_ == nullptr) return fail(Failure{FailureKind::unavailable});
    user_ = std::move(user);
    answered_at_ = parts_.time.now() + stub_->delay;
    written_ = stub_->fault != StubFault::refused;
    if (written_ && request_.body_kind == BodyTransfer::buffered) {
        parts_.services.received(*stub_, request_.field_lines.view(), request_.body);
    }
    watch_time();
}

void StubExchange::look() {
    if (stub_ == nullptr || is_over()) return;
    const TimePoint now = parts_.time.now();
    if (now >= deadline_) {
        fail(Failure{written_ ? FailureKind::read_timeout : FailureKind::connect_timeout});
    } else if (now >= answered_at_) {
        if (stub_->fault == StubFault::refused)
            return fail(Failure{FailureKind::connection_refused});
        if (stub_->fault == StubFault::reset) return fail(Failure{FailureKind::connection_closed});
        receive_head();
    }
}

Result<bool> StubExchange::is_sent() {
    if (!written_) look();
    if (ended_) return *ended_;
    return written_;
}

Result<bool> StubExchange::has_room() {
    if (ended_) return *ended_;
    return written_;
}

Result<void> StubExchange::write(std::string_view piece) {
    if (ended_) return *ended_;
    request_.body += piece;
    return Result<void>{};
}

Result<void> StubExchange::finish() {
    if (ended_) return *ended_;
    parts_.services.received(*stub_, request_.field_lines.view(), request_.body);
    return Result<void>{};
}

Result<const ResponseHead*> StubExchange::head() {
    look();
    if (ended_) return *ended_;
    return head_;
}

void StubExchange::receive_head() {
    answer_ = answer_bytes(*stub_, request_.method);
    unread_ = answer_;
    reader_.begin(request_.method, request_.codings);
    auto head = reader_.read_head();
    while (head.has_value() && *head == nullptr && feed(reader_, unread_)) {
        head = reader_.read_head();
    }
    if (head.has_error()) return fail(head.error());
    if (*head == nullptr) return fail(Failure{FailureKind::response_incomplete});
    head_ = *head;
    if (!request_.max_body) return;
    const auto limited = reader_.set_body_limit(*request_.max_body);
    if (limited.has_error()) fail(limited.error());
}

Result<BodyPart> StubExchange::body() {
    for (;;) {
        if (ended_) return *ended_;
        auto part = reader_.read_body();
        if (part.has_error()) {
            fail(part.error());
        } else if (part->state() != BodyPart::State::need_more) {
            return part;
        } else if (!feed(reader_, unread_)) {
            fail(Failure{FailureKind::response_incomplete});
        }
    }
}

}  // namespace weft
