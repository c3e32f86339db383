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
class ExchangeCall final : public RunningCall, public ExchangeUser {
  public:
    ExchangeCall(Upstream& upstream, const CallRequest& request, CallCompletion&& completion)
        : timers_{upstream.timers()},
          completion_{std::move(completion)},
          exchange_{upstream.exchange()},
          deadline_{request.deadline},
          started_{request.started == TimePoint{} ? timers_.now() : request.started},
          ends_by_route_{request.ends_by_route},
          body_used_{request.body_used},
          fields_used_{request.fields_used} {
        record_.upstream = upstream.settings().name;
    }

    static void start(
        const std::shared_ptr<ExchangeCall>& call, const Upstream& upstream, CallRequest&& request
    );
    void on_progress() override;
    std::optional<CallRecord> cancel() override;

  private:
    enum class State : std::uint8_t { head, body, ended };

    bool read();
    bool fail(const Failure& failure);
    void take_head(const ResponseHead& head);
    void complete();
    Failure note_failure(Failure failure);
    void end_record();

    Timers& timers_;
    CallCompletion completion_;
    std::shared_ptr<Exchange> exchange_;
    TimePoint deadline_;
    TimePoint started_;
    CallRecord record_;
    Result<CallAnswer> answer_ = CallAnswer{};
    State state_ = State::head;
    bool ends_by_route_;
    bool body_used_;
    bool fields_used_;
};

void ExchangeCall::start(
    const std::shared_ptr<ExchangeCall>& call, const Upstream& upstream, CallRequest&& request
) {
    const std::uint64_t most = upstream.settings().max_body;
    request.max_body = std::min(most, request.max_body.value_or(most));
    request.codings = ContentCodings::identity;
    Exchange& exchange = *call->exchange_;
    exchange.expires_at(call->deadline_);
    exchange.send(std::move(request), call);
    // What fails at once has no event that would tell of it.
    if (exchange.is_sent().has_error()) {
        asio::post(upstream.executor(), [call] { call->on_progress(); });
    }
}

void ExchangeCall::on_progress() {
    if (state_ == State::ended) return;
    try {
        if (!read()) return;
    } catch (...) {
        fail(Failure{FailureKind::internal});
    }
    complete();
}

// Whether the answer is here as a whole, or will not come.
bool ExchangeCall::read() {
    if (state_ == State::head) {
        const auto head = exchange_->head();
        if (head.has_error()) return fail(head.error());
        if (*head == nullptr) return false;
        take_head(**head);
    }
    for (bool is_last = false; !is_last;) {
        const auto part = exchange_->body();
        if (part.has_error()) return fail(part.error());
        if (part->state() == BodyPart::State::need_more) return false;
        if (part->state() == BodyPart::State::end) break;
        record_.bytes_received += part->bytes().size();
        if (body_used_) answer_->body += part->bytes();
        is_last = part->is_last();
    }
    record_.end = end_of_answer(record_.status);
    return true;
}

bool ExchangeCall::fail(const Failure& failure) {
    answer_ = note_failure(failure);
    return true;
}

void ExchangeCall::take_head(const ResponseHead& head) {
    state_ = State::body;
    answer_->status = record_.status = head.status;
    const bool has_body = head.body.framing == Framing::length && head.body.length > 0;
    if (fields_used_ || !has_body || end_of_answer(head.status) != CallEnd::succeeded) {
        answer_->fields = owned(head.fields);
    }
    if (body_used_) answer_->body.reserve(std::min(head.body.length, trusted_length));
}

Failure ExchangeCall::note_failure(Failure failure) {
    const bool definite = record_.status >= 300 || !exchange_->facts().request_written;
    record_.end = definite ? CallEnd::refused : CallEnd::unknown;
    record_.failure = failure.kind();
    if (ends_by_route_ && is_timeout(failure.kind()) && timers_.now() >= deadline_) {
        record_.failure = FailureKind::deadline;
        Failure passed{FailureKind::deadline};
        return passed.at_upstream(record_.upstream);
    }
    return failure;
}

void ExchangeCall::end_record() {
    const auto facts = exchange_->facts();
    record_.reused_connection = facts.reused_connection;
    record_.attempts = facts.attempts;
    record_.duration = timers_.now() - started_;
}

// Whoever tells of the progress holds the call.
void ExchangeCall::complete() {
    state_ = State::ended;
    end_record();
    // First the connection goes back: what the completion starts may need it.
    exchange_.reset();
    completion_(std::move(answer_), std::move(record_));
}

std::optional<CallRecord> ExchangeCall::cancel() {
    if (state_ == State::ended) return std::nullopt;
    state_ = State::ended;
    record_.end = CallEnd::cancelled;
    exchange_->cancel(FailureKind::client_gone);
    end_record();
    exchange_.reset();
    completion_ = {};
    return std::move(record_);
}

}  // namespace

std::optional<CallRecord> Call::cancel() {
    const auto running = running_.lock();
    return running ? running->cancel() : std::nullopt;
}

Call start_call(Upstream& upstream, CallRequest&& request, CallCompletion&& completion) {
    const auto running = std::make_shared<ExchangeCall>(upstream, request, std::move(completion));
    ExchangeCall::start(running, upstream, std::move(request));
    return Call{running};
}

}  // namespace weft
