#include "upstream/call.hpp"

#include <boost/asio/co_spawn.hpp>
#include <utility>

namespace weft {
namespace {

// Room made for an announced body before a byte of it has come.
constexpr std::uint64_t trusted_length = 64 * 1024;

bool is_timeout(FailureKind kind) noexcept {
    return kind == FailureKind::connect_timeout || kind == FailureKind::read_timeout ||
           kind == FailureKind::write_timeout;
}

CallEnd end_of_answer(std::uint16_t status) noexcept {
    return status >= 200 && status < 300 ? CallEnd::succeeded : CallEnd::refused;
}

}  // namespace

class RunningCall {
  public:
    RunningCall(Upstream& upstream, CallRequest request, CallCompletion completion)
        : timers_{upstream.timers()},
          request_{std::move(request)},
          completion_{std::move(completion)},
          exchange_{upstream.exchange()},
          max_body_{upstream.settings().max_body},
          started_{timers_.now()} {
        record_.upstream = upstream.settings().name;
    }

    static Awaitable<void> run(std::shared_ptr<RunningCall> self) {
        self->answer_ = co_await self->ask();
    }

    void complete(const std::exception_ptr& error);
    std::optional<CallRecord> cancel();

  private:
    Awaitable<Result<CallAnswer>> ask();
    Awaitable<Result<void>> read_body(CallAnswer& answer);
    ExchangeRequest exchange_request();
    void fail(const Failure& failure);
    CallRecord take_record();

    Timers& timers_;
    CallRequest request_;
    CallCompletion completion_;
    std::shared_ptr<Exchange> exchange_;
    std::uint64_t max_body_;
    TimePoint started_;
    CallRecord record_;
    Result<CallAnswer> answer_{Failure{FailureKind::internal}};
    bool ended_ = false;
};

ExchangeRequest RunningCall::exchange_request() {
    ExchangeRequest asked{request_.method, std::move(request_.target)};
    asked.field_lines = std::move(request_.field_lines);
    asked.body = std::move(request_.body);
    asked.has_idempotency_key = request_.has_idempotency_key;
    asked.max_body = max_body_;
    asked.codings = ContentCodings::identity;
    return asked;
}

Awaitable<Result<CallAnswer>> RunningCall::ask() {
    exchange_->expires_at(request_.deadline);
    auto asked = exchange_request();
    const auto sent = co_await exchange_->send(std::move(asked));
    if (sent.has_error()) co_return sent.error();
    const auto head = co_await exchange_->read_head();
    if (head.has_error()) co_return head.error();
    CallAnswer answer;
    answer.status = (*head)->status;
    record_.status = answer.status;
    answer.fields.reserve((*head)->fields.size());
    for (const Field& field : (*head)->fields) answer.fields.emplace_back(field.name, field.value);
    if (request_.body_used) {
        answer.body.reserve(std::min((*head)->body.length, trusted_length));
    }
    const auto read = co_await read_body(answer);
    if (read.has_error()) co_return read.error();
    co_return answer;
}

Awaitable<Result<void>> RunningCall::read_body(CallAnswer& answer) {
    for (;;) {
        const auto piece = co_await exchange_->body().next();
        if (piece.has_error()) co_return piece.error();
        if (piece->empty()) co_return Result<void>{};
        record_.bytes_received += piece->size();
        if (request_.body_used) answer.body += *piece;
    }
}

void RunningCall::fail(const Failure& failure) {
    const bool definite = record_.status >= 300 || !exchange_->facts().request_written;
    record_.end = definite ? CallEnd::refused : CallEnd::unknown;
    record_.failure = failure.kind();
    if (request_.ends_by_route && is_timeout(failure.kind()) &&
        timers_.now() >= request_.deadline) {
        record_.failure = FailureKind::deadline;
        Failure passed{FailureKind::deadline};
        answer_ = passed.at_upstream(record_.upstream);
    }
}

CallRecord RunningCall::take_record() {
    const auto facts = exchange_->facts();
    record_.reused_connection = facts.reused_connection;
    record_.attempts = facts.attempts;
    record_.duration = timers_.now() - started_;
    return std::move(record_);
}

void RunningCall::complete(const std::exception_ptr& error) {
    if (std::exchange(ended_, true)) return;
    if (error) {
        exchange_->cancel(FailureKind::internal);
        answer_ = Failure{FailureKind::internal};
    }
    if (answer_.has_value()) {
        record_.end = end_of_answer(answer_->status);
    } else {
        const Failure failure = answer_.error();
        fail(failure);
    }
    CallRecord record = take_record();
    // First the connection goes back: what the completion starts may need it.
    exchange_.reset();
    const auto completion = std::move(completion_);
    completion(std::move(answer_), std::move(record));
}

std::optional<CallRecord> RunningCall::cancel() {
    if (std::exchange(ended_, true)) return std::nullopt;
    record_.end = CallEnd::cancelled;
    exchange_->cancel(FailureKind::client_gone);
    // What the completion holds must not wait for the coroutine to notice.
    completion_ = {};
    return take_record();
}

std::optional<CallRecord> Call::cancel() {
    const auto running = running_.lock();
    return running ? running->cancel() : std::nullopt;
}

Call start_call(Upstream& upstream, CallRequest request, CallCompletion completion) {
    auto running =
        std::make_shared<RunningCall>(upstream, std::move(request), std::move(completion));
    asio::co_spawn(
        upstream.executor(),
        RunningCall::run(running),
        [running](const std::exception_ptr& error) { running->complete(error); }
    );
    return Call{running};
}

}  // namespace weft
