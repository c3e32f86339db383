#include "server/session.hpp"

#include <algorithm>
#include <exception>

#include "http/request_id.hpp"

namespace weft {
namespace {

// Watching costs a system call, so a request that is answered sooner is not watched.
constexpr std::chrono::milliseconds watched_after{10};

// While draining, a connection that was only just accepted is given the time in which its first
// request, sent with the handshake's end, arrives.
constexpr std::chrono::milliseconds newcomer_grace{250};

}  // namespace

Session::Session(Socket socket, const Peer& peer, SessionContext& context)
    : context_{context},
      connection_{std::move(socket), context.timers, context.settings.timeouts},
      reader_{context.settings.head},
      body_{connection_, reader_, context.settings.timeouts},
      writer_{connection_, context.date},
      watch_alarm_{context.timers, [this] { connection_.watch([this] { on_client_gone(); }); }},
      peer_{peer.address},
      peer_is_trusted_{peer.trusted},
      opened_{context.timers.now()},
      idle_since_{opened_} {}

Awaitable<void> Session::run() {
    while (go_on_) {
        const RequestHead* const head = co_await next_request();
        if (head == nullptr) break;
        co_await serve(*head);
        if (!go_on_ || !reader_.started()) continue;
        // Who pipelines has no more of the worker than who does not.
        co_await connection_.take_turns();
        go_on_ = connection_.is_open();
    }
    co_await finish();
}

TimePoint Session::idle_deadline() const noexcept {
    const SessionTimeouts& timeouts = context_.settings.timeouts;
    if (requests_ == 0) {
        return opened_ + (draining_ ? Duration{newcomer_grace} : timeouts.first_byte);
    }
    return draining_ ? idle_since_ : idle_since_ + timeouts.idle;
}

// Null: there will be no request, and everything there was to say has been said.
Awaitable<const RequestHead*> Session::next_request() {
    idle_ = true;
    while (!reader_.started()) {
        const ReadEnd end = co_await connection_.read(reader_, idle_deadline());
        // Between two requests the connection may end without a word.
        if (end != ReadEnd::bytes && end != ReadEnd::interrupted) co_return nullptr;
    }
    idle_ = false;
    began_ = connection_.now();
    ++requests_;
    auto head = reader_.read_head();
    while (head && *head == nullptr) {
        const ReadEnd end =
            co_await connection_.read(reader_, began_ + context_.settings.timeouts.head);
        if (end == ReadEnd::failed) co_return nullptr;
        head = reader_.read_head();
        if (!head || *head != nullptr) break;
        if (end == ReadEnd::timed_out) head = Failure{FailureKind::request_timeout};
        if (end == ReadEnd::end) head = Failure{FailureKind::bad_request, "the head is not whole"};
    }
    if (head) co_return *head;
    const Failure failure = head.error();
    co_await refuse(failure);
    co_return nullptr;
}

void Session::take_request_id(const RequestHead& head) {
    const auto given = find_field(head.fields, "X-Request-Id");
    if (given && is_request_id(*given)) {
        request_.request_id = *given;
    } else {
        context_.ids.make(request_.request_id);
    }
}

void Session::begin_request(const RequestHead& head) {
    take_request_id(head);
    request_.head = &head;
    request_.scheme = context_.settings.scheme;
    request_.peer_address = peer_;
    request_.peer_is_trusted = peer_is_trusted_;
    request_.received = connection_.now();
    request_.body = &body_;
    request_.record = &record_;
    request_.body_limit = context_.settings.body_limit;
    request_.on_client_gone = nullptr;
    body_.begin(request_);

    forget_last_request();
    record_.method = to_string(head.method);
    record_.path = head.path;
    in_work_ = true;
    watch_alarm_.arm(request_.received + watched_after);
    context_.events.request_started();
}

Awaitable<void> Session::serve(const RequestHead& head) {
    begin_request(head);
    co_await answer_request();
    watch_alarm_.disarm();
    connection_.watch(nullptr);
    in_work_ = false;
    context_.events.request_finished();
    end_record();
    if (!go_on_) co_return;
    if (!reader_.message_complete()) go_on_ = co_await body_.drop();
    if (!go_on_) {
        ending_ = Ending::linger;
        co_return;
    }
    reader_.next_message();
    release_memory();
    idle_since_ = connection_.now();
}

// What the next request needs it takes anew, which costs little, so that an idle connection holds
// nothing of the last one.
void Session::release_memory() {
    reader_.release_memory();
    writer_.release_memory();
    record_.calls = {};
}

// The answer goes before the record ends, because a streamed body has its call recorded when it
// goes.
Awaitable<void> Session::answer_request() {
    Answer given = co_await ask_handler();
    if (body_.failure()) {
        co_await end_stream(given);
        given = problem_for(*body_.failure());
    }
    body_.answer_begins();
    co_await send(given);
    co_await end_stream(given);
}

Awaitable<void> Session::end_stream(const Answer& answer) {
    if (answer.stream) co_await answer.stream->close();
}

Awaitable<Answer> Session::ask_handler() {
    try {
        Answer given = co_await context_.handler.handle(request_);
        if (given.status >= 200 && given.status <= 599) co_return given;
        context_.events.handler_threw("an answer without a final status");
    } catch (const std::exception& bug) {
        context_.events.handler_threw(bug.what());
    } catch (...) {
        context_.events.handler_threw("something that is no std::exception");
    }
    request_.on_client_gone = nullptr;
    const Failure failure{FailureKind::internal};
    record_.failure = failure.kind();
    co_return problem_for(failure);
}

bool Session::may_go_on(const Answer& answer) {
    if (answer.close || !request_.head->keep_alive || !body_.can_be_dropped()) return false;
    if (!draining_) return true;
    // What the client has sent behind this request was received before it can know of the drain.
    return reader_.message_complete() && (reader_.started() || connection_.has_input());
}

ConnectionOption Session::connection_option() const noexcept {
    if (!go_on_) return ConnectionOption::close;
    const bool old = request_.head->minor_version == 0;
    return old ? ConnectionOption::keep_alive : ConnectionOption::none;
}

Awaitable<void> Session::send(Answer& answer) {
    const bool gone =
        client_gone_ || (body_.failure() && body_.failure()->kind() == FailureKind::client_gone);
    go_on_ = !gone && may_go_on(answer);
    if (gone) {
        note_end(AnswerEnd::client_gone);
        co_return;
    }
    record_.status = answer.status;
    if (body_.failure()) record_.failure = body_.failure()->kind();
    AnswerEnd end = co_await write(answer);
    if (end == AnswerEnd::withheld) end = co_await write_instead(*writer_.stream_failure());
    note_end(end);
}

Awaitable<AnswerEnd> Session::write(Answer& answer) {
    const RequestHead& head = *request_.head;
    const AnswerFraming framing = frame_answer(answer, head.method, head.minor_version);
    if (framing.framing.framing == Framing::until_close) go_on_ = false;
    try {
        co_return co_await writer_.write(answer, framing, connection_option());
    } catch (const std::exception& bug) {
        context_.events.handler_threw(bug.what());
    }
    record_.failure = FailureKind::internal;
    co_return AnswerEnd::stream_failed;
}

void Session::note_end(AnswerEnd end) {
    if (end == AnswerEnd::written) {
        ending_ = Ending::silent;
        if (!go_on_) ending_ = reader_.message_complete() ? Ending::part : Ending::linger;
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

// Member by member, so that the memory of the last request serves the next one.
void Session::forget_last_request() {
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

void Session::end_record() {
    record_.request_id = request_.request_id;
    record_.client = peer_;
    record_.duration = connection_.now() - began_;
    record_.bytes_sent = connection_.bytes_sent() - sent_before_;
    context_.events.request_ended(record_);
}

Awaitable<void> Session::finish() {
    if (ending_ == Ending::reset) connection_.reset();
    const SessionTimeouts& timeouts = context_.settings.timeouts;
    if (ending_ == Ending::part) co_await connection_.linger(timeouts.parting);
    if (ending_ == Ending::linger) co_await connection_.linger(timeouts.linger);
    connection_.close();
}

void Session::on_client_gone() {
    if (!in_work_ || client_gone_) return;
    client_gone_ = true;
    // A copy, because whoever is told may take itself off.
    const auto tell = request_.on_client_gone;
    if (tell) tell();
}

void Session::drain() {
    draining_ = true;
    if (idle_) connection_.interrupt();
}

bool Session::close_if_idle() {
    const bool is_idle = idle_ && requests_ > 0;
    if (is_idle) connection_.close();
    return is_idle;
}

void Session::close() {
    connection_.close();
    on_client_gone();
}

}  // namespace weft
