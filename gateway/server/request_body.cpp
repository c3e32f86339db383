#include "server/request_body.hpp"

#include <algorithm>

#include "http/message_writer.hpp"

namespace weft {

void RequestBody::begin(const Request& request) {
    request_ = &request;
    failure_.reset();
    received_ = 0;
    waited_ = Duration::zero();
    limited_ = false;
    continue_is_awaited_ = request.head->expect_continue && request.head->minor_version >= 1;
    may_continue_ = true;
    closed_ = false;
}

Failure RequestBody::fail(Failure failure) {
    failure_ = failure;
    return failure;
}

Awaitable<Result<std::string_view>> RequestBody::next() {
    if (failure_) co_return *failure_;
    if (!limited_) {
        limited_ = true;
        const auto limited = reader_.set_body_limit(request_->body_limit);
        if (!limited) co_return fail(limited.error());
    }
    for (;;) {
        const auto part = reader_.read_body();
        if (!part) co_return fail(part.error());
        received_ += part->bytes().size();
        // Who sends does not wait (RFC 9110 section 10.1.1). So an upload, which begins behind the
        // first bytes, never writes to the client: the answer may be on its way beside it.
        if (received_ > 0) continue_is_awaited_ = false;
        if (part->state() != BodyPart::State::need_more) co_return part->bytes();
        const auto failed = co_await receive();
        if (failed) co_return fail(*failed);
        if (closed_) co_return Failure{FailureKind::client_gone};
    }
}

Awaitable<void> RequestBody::close() {
    closed_ = true;
    connection_.interrupt();
    co_return;
}

// How long the client may keep us waiting now: never longer than the idle limit, and over the whole
// body no longer than that and the time its bytes take at the lowest rate.
Duration RequestBody::patience() const noexcept {
    const std::chrono::milliseconds earned{
        1000 * received_ / std::max<std::uint64_t>(timeouts_.body_rate, 1)};
    return std::min<Duration>(timeouts_.body, timeouts_.body + earned - waited_);
}

Awaitable<std::optional<Failure>> RequestBody::receive() {
    if (continue_is_awaited_ && may_continue_) {
        continue_is_awaited_ = false;
        Outgoing interim;
        interim.add(continue_answer);
        const WriteEnd written = co_await connection_.write(interim);
        if (written != WriteEnd::done) co_return Failure{FailureKind::client_gone};
    }
    const TimePoint began = connection_.now();
    const ReadEnd end = co_await connection_.read(reader_, began + patience());
    waited_ += connection_.now() - began;
    switch (end) {
        case ReadEnd::bytes:
        case ReadEnd::interrupted:
            co_return std::nullopt;
        case ReadEnd::end:
            co_return Failure{FailureKind::bad_request, "the body ends before its length"};
        case ReadEnd::timed_out:
            co_return Failure{FailureKind::request_timeout, "the body came too slowly"};
        case ReadEnd::failed:
            break;
    }
    co_return Failure{FailureKind::client_gone};
}

bool RequestBody::can_be_dropped() const noexcept {
    if (failure_) return false;
    if (reader_.message_complete()) return true;
    // The client may send the body or go on to its next request: nobody can know which.
    if (continue_is_awaited_) return false;
    const BodyFraming& framing = request_->head->body;
    return framing.framing != Framing::length || framing.length - received_ <= most_dropped;
}

Awaitable<bool> RequestBody::drop() {
    const std::uint64_t before = received_;
    limited_ = true;  // the handler's limit is not meant for what nobody keeps
    closed_ = false;
    while (!reader_.message_complete()) {
        if (received_ - before > most_dropped) co_return false;
        const auto part = co_await next();
        if (!part) co_return false;
    }
    co_return true;
}

}  // namespace weft
