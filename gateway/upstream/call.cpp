#include "upstream/call.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
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

std::vector<OwnedField> owned(const Fields& fields) {
    std::vector<OwnedField> copies;
    copies.reserve(fields.size());
    for (const Field& field : fields) copies.emplace_back(field.name, field.value);
    return copies;
}

// One exchange, whose answer is collected as it comes. It and the exchange hold each other until
// the call has ended.
class ExchangeCall final : public RunningCall,
                           public ExchangeUser,
                           public std::enable_shared_from_this<ExchangeCall> {
  public:
    ExchangeCall(Upstream& upstream, CallRequest&& request, CallCompletion&& completion)
        : timers_{upstream.timers()},
          request_{std::move(request)},
          completion_{std::move(completion)},
          exchange_{upstream.exchange()},
          max_body_{std::min(upstream.settings().max_body, request_.max_body)},
          started_{timers_.now()} {
        record_.upstream = upstream.settings().name;
    }

    void start(Executor executor);
    void on_progress() override;
    std::optional<CallRecord> cancel() override;

  private:
    enum class State : std::uint8_t { head, body, ended };

    ExchangeRequest exchange_request();
    std::optional<Result<CallAnswer>> read();
    void take_head(const ResponseHead& head);
    void complete(Result<CallAnswer>&& answer);
    Failure note_failure(Failure failure);
    CallRecord take_record();

    Timers& timers_;
    CallRequest request_;
    CallCompletion completion_;
    std::shared_ptr<Exchange> exchange_;
    std::uint64_t max_body_;
    TimePoint started_;
    CallRecord record_;
    CallAnswer answer_;
    State state_ = State::head;
};

ExchangeRequest ExchangeCall::exchange_request() {
    ExchangeRequest asked{request_.method, std::move(request_.target)};
    asked.field_lines = std::move(request_.field_lines);
    asked.body = std::move(request_.body);
    asked.has_idempotency_key = request_.has_idempotency_key;
    asked.max_body = max_body_;
    asked.codings = ContentCodings::identity;
    return asked;
}

void ExchangeCall::start(Executor executor) {
    exchange_->expires_at(request_.deadline);
    exchange_->send(exchange_request(), shared_from_this());
    // What fails at once has no event that would tell of it.
    if (exchange_->is_sent().has_error()) {
        asio::post(executor, [self = shared_from_this()] { self->on_progress(); });
    }
}

void ExchangeCall::on_progress() {
    if (state_ == State::ended) return;
    std::optional<Result<CallAnswer>> answer;
    try {
        answer = read();
    } catch (...) {
        answer = Failure{FailureKind::internal};
    }
    if (answer) complete(*std::move(answer));
}

// Nothing as long as there is more to come.
std::optional<Result<CallAnswer>> ExchangeCall::read() {
    if (state_ == State::head) {
        const auto head = exchange_->head();
        if (head.has_error()) return head.error();
        if (*head == nullptr) return std::nullopt;
        take_head(**head);
    }
    for (;;) {
        const auto part = exchange_->body();
        if (part.has_error()) return part.error();
        if (part->state() == BodyPart::State::need_more) return std::nullopt;
        if (part->state() == BodyPart::State::end) return std::move(answer_);
        record_.bytes_received += part->bytes().size();
        if (request_.body_used) answer_.body += part->bytes();
    }
}

void ExchangeCall::take_head(const ResponseHead& head) {
    state_ = State::body;
    answer_.status = record_.status = head.status;
    const bool has_body = head.body.framing == Framing::length && head.body.length > 0;
    if (request_.fields_used || !has_body || end_of_answer(head.status) != CallEnd::succeeded) {
        answer_.fields = owned(head.fields);
    }
    if (request_.body_used) answer_.body.reserve(std::min(head.body.length, trusted_length));
}

Failure ExchangeCall::note_failure(Failure failure) {
    const bool definite = record_.status >= 300 || !exchange_->facts().request_written;
    record_.end = definite ? CallEnd::refused : CallEnd::unknown;
    record_.failure = failure.kind();
    if (request_.ends_by_route && is_timeout(failure.kind()) &&
        timers_.now() >= request_.deadline) {
        record_.failure = FailureKind::deadline;
        Failure passed{FailureKind::deadline};
        return passed.at_upstream(record_.upstream);
    }
    return failure;
}

CallRecord ExchangeCall::take_record() {
    const auto facts = exchange_->facts();
    record_.reused_connection = facts.reused_connection;
    record_.attempts = facts.attempts;
    record_.duration = timers_.now() - started_;
    return std::move(record_);
}

void ExchangeCall::complete(Result<CallAnswer>&& answer) {
    state_ = State::ended;
    if (answer.has_value()) {
        record_.end = end_of_answer(answer->status);
    } else {
        answer = note_failure(answer.error());
    }
    CallRecord record = take_record();
    // First the connection goes back: what the completion starts may need it.
    exchange_.reset();
    const auto completion = std::move(completion_);
    completion(std::move(answer), std::move(record));
}

std::optional<CallRecord> ExchangeCall::cancel() {
    if (state_ == State::ended) return std::nullopt;
    state_ = State::ended;
    record_.end = CallEnd::cancelled;
    exchange_->cancel(FailureKind::client_gone);
    CallRecord record = take_record();
    exchange_.reset();
    completion_ = {};
    return record;
}

}  // namespace

std::optional<CallRecord> Call::cancel() {
    const auto running = running_.lock();
    return running ? running->cancel() : std::nullopt;
}

Call start_call(Upstream& upstream, CallRequest request, CallCompletion completion) {
    const auto running =
        std::make_shared<ExchangeCall>(upstream, std::move(request), std::move(completion));
    running->start(upstream.executor());
    return Call{running};
}

}  // namespace weft
