#include "server/turn.hpp"

#include <exception>
#include <functional>

#include "http/request_id.hpp"

namespace weft {
namespace {

// A request that is answered sooner is not worth a connection to a service, which giving a call up
// costs: floods of resets would make the gateway connect and connect.
constexpr std::chrono::milliseconds given_up_after{10};

}  // namespace

Turn::Turn(ClientConnection& connection, const ClientName& client, SessionContext& context)
    : context_{context},
      connection_{connection},
      client_{client},
      reader_{context.settings.head},
      body_{connection_, reader_, context.settings.timeouts},
      writer_{connection_, context.date},
      gone_alarm_{context.timers, [this] { client_is_gone(); }} {}

Awaitable<void> Turn::run() {
    began_ = request_.received = connection_.now();
    auto head = reader_.read_head();
    if (head && *head == nullptr) {
        head = co_await rest_of_head();
        request_.received = connection_.now();
    }
    if (!head) {
        const Failure failure = head.error();
        co_await refuse(failure);
        co_return;
    }
    if (*head == nullptr) {
        go_on_ = false;
        co_return;
    }
    begin_request(**head);
    co_await answer_request();
    end_work();
    if (go_on_ && !reader_.message_complete()) go_on_ = co_await drop_rest();
    if (go_on_) reader_.next_message();
}

// The answer goes before the record ends, because a streamed body has its call recorded when it
// goes.
Awaitable<void> Turn::answer_request() {
    Answer given;
    try {
        given = co_await context_.handler.handle(request_);
        if (given.status < 200 || given.status > 599)
            given = bug_answer("an answer without a final status");
    } catch (const std::exception& bug) {
        given = bug_answer(bug.what());
    } catch (...) {
        given = bug_answer("something that is no std::exception");
    }
    if (body_.failure()) {
        if (given.stream) co_await given.stream->close();
        co_await context_.last_turns.wait();
        given = problem_for(*body_.failure());
    }
    body_.answer_begins();
    auto end = begin_sending(given);
    if (!end) end = co_await finish_sending(given);
    note_end(*end);
    if (given.stream) co_await given.stream->close();
}

// Null: there will be no request, and everything there was to say has been said.
Awaitable<Result<const RequestHead*>> Turn::rest_of_head() {
    for (;;) {
        const ReadEnd end =
            co_await connection_.read(reader_, began_ + context_.settings.timeouts.head);
        if (end == ReadEnd::failed) co_return nullptr;
        auto head = reader_.read_head();
        if (!head || *head != nullptr) co_return head;
        if (end == ReadEnd::timed_out) co_return Failure{FailureKind::request_timeout};
        if (end == ReadEnd::end) {
            co_return Failure{FailureKind::bad_request, "the head is not whole"};
        }
    }
}

void Turn::take_request_id(const RequestHead& head) {
    const auto given = find_field(head.fields, "X-Request-Id");
    if (given && is_request_id(*given)) {
        request_.request_id = *given;
    } else {
        context_.ids.make(request_.request_id);
    }
}

void Turn::begin_request(const RequestHead& head) {
    take_request_id(head);
    request_.head = &head;
    request_.scheme = context_.settings.scheme;
    request_.peer_address = client_.address;
    request_.peer_is_trusted = client_.trusted;
    request_.body = &body_;
    request_.record = &record_;
    request_.body_limit = context_.settings.body_limit;
    request_.on_client_gone = nullptr;
    body_.begin(request_);

    forget_last_request();
    record_.method = to_string(head.method);
    record_.path = head.path;
    in_work_ = true;
    connection_.watch([this] { client_has_reset(); });
    context_.events.request_started();
}

// Member by member, so that the memory of a pipelined request serves the next one.
void Turn::forget_last_request() {
    client_gone_ = false;
    sent_before_ = connection_.bytes_sent();
    record_.method.clear();
    record_.path.clear();
    record_.route.clear();
    record_.status = 0;
    record_.failure.reset();
    record_.complete = true;
    record_.calls.clear();
}

Answer Turn::bug_answer(std::string_view bug) {
    context_.events.handler_threw(bug);
    request_.on_client_gone = nullptr;
    const Failure failure{FailureKind::internal};
    record_.failure = failure.kind();
    return problem_for(failure);
}

bool Turn::may_go_on(const Answer& answer) {
    if (answer.close || !request_.head->keep_alive || !body_.can_be_dropped()) return false;
    if (!draining_) return true;
    // What the client has sent behind this request was received before it can know of the drain.
    return reader_.message_complete() && (reader_.started() || connection_.has_input());
}

ConnectionOption Turn::connection_option() const noexcept {
    if (!go_on_) return ConnectionOption::close;
    const bool old = request_.head->minor_version == 0;
    return old ? ConnectionOption::keep_alive : ConnectionOption::none;
}

// Nothing: finish_sending() has the rest.
std::optional<AnswerEnd> Turn::begin_sending(const Answer& answer) {
    const bool gone =
        client_gone_ || (body_.failure() && body_.failure()->kind() == FailureKind::client_gone);
    go_on_ = !gone && may_go_on(answer);
    if (gone) return AnswerEnd::client_gone;
    record_.status = answer.status;
    if (body_.failure()) record_.failure = body_.failure()->kind();
    return begin_writing(answer);
}

Awaitable<AnswerEnd> Turn::finish_sending(const Answer& answer) {
    const AnswerEnd end = co_await finish_writing(answer);
    if (end != AnswerEnd::withheld) co_return end;
    const Failure failure = *writer_.stream_failure();
    co_return co_await write_instead(failure);
}

std::optional<AnswerEnd> Turn::begin_writing(const Answer& answer) {
    const RequestHead& head = *request_.head;
    const AnswerFraming framing = frame_answer(answer, head.method, head.minor_version);
    if (framing.framing.framing == Framing::until_close) go_on_ = false;
    try {
        return writer_.begin(answer, framing, connection_option());
    } catch (const std::exception& bug) {
        return broken_off(bug);
    }
}

Awaitable<AnswerEnd> Turn::finish_writing(const Answer& answer) {
    try {
        co_return co_await writer_.finish(answer);
    } catch (const std::exception& bug) {
        co_return broken_off(bug);
    }
}

AnswerEnd Turn::broken_off(const std::exception& bug) {
    context_.events.handler_threw(bug.what());
    record_.failure = FailureKind::internal;
    return AnswerEnd::stream_failed;
}

void Turn::note_end(AnswerEnd end) {
    if (end == AnswerEnd::written) {
        ending_ = reader_.message_complete() ? Ending::part : Ending::linger;
        return;
    }
    go_on_ = false;
    ending_ = Ending::reset;
    record_.complete = false;
    if (end == AnswerEnd::client_gone || client_gone_) {
        record_.status = traits(FailureKind::client_gone).status;
        record_.failure = FailureKind::client_gone;
    } else if (writer_.stream_failure()) {
        record_.failure = writer_.stream_failure()->kind();
    }
}

void Turn::end_work() {
    connection_.watch(nullptr);
    gone_alarm_.disarm();
    in_work_ = false;
    context_.events.request_finished();
    end_record();
}

void Turn::end_record() {
    record_.request_id = request_.request_id;
    record_.client = client_.address;
    ended_ = connection_.now_exactly();
    record_.duration = ended_ - began_;
    record_.bytes_sent = connection_.bytes_sent() - sent_before_;
    context_.events.request_ended(record_);
}

Awaitable<bool> Turn::drop_rest() {
    const bool dropped = co_await body_.drop();
    if (!dropped) ending_ = Ending::linger;
    ended_ = connection_.now();
    co_return dropped;
}

void Turn::client_has_reset() {
    const TimePoint at_last = request_.received + given_up_after;
    connection_.now() < at_last ? gone_alarm_.arm(at_last) : client_is_gone();
}

void Turn::client_is_gone() {
    if (!in_work_ || client_gone_) return;
    client_gone_ = true;
    // A copy, because whoever is told may take itself off.
    const auto tell = request_.on_client_gone;
    if (tell) tell();
}

}  // namespace weft
