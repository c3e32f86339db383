#include "app/proxy_handler.hpp"

#include <boost/asio/this_coro.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "app/forwarding.hpp"
#include "app/upload.hpp"
#include "http/problem.hpp"
#include "upstream/awaited_exchange.hpp"
#include "upstream/entrance.hpp"

namespace weft {
namespace {

// What the access log says about the exchange; written when the last owner lets go, because the
// body may still fail.
class ProxiedCall {
  public:
    ProxiedCall(Request& request, const UpstreamPlan& plan, Upstream& upstream)
        : entrance{Entrance::to(upstream)},
          exchange{upstream.awaited_exchange()},
          request_{request},
          started_{upstream.timers().now()} {
        record_.upstream = plan.name;
    }
    ProxiedCall(const ProxiedCall&) = delete;
    ProxiedCall& operator=(const ProxiedCall&) = delete;
    ~ProxiedCall() {
        const auto facts = exchange->facts();
        record_.reused_connection = facts.reused_connection;
        record_.attempts = facts.attempts;
        record_.duration = SteadyClock::now() - started_;
        request_.record->calls.push_back(std::move(record_));
    }

    void failed(FailureKind kind) {
        record_.failure = kind;
        record_.end = exchange->facts().request_written ? CallEnd::unknown : CallEnd::refused;
        if (entrance) entrance->ended(verdict_of(kind));
    }
    void answered(std::uint16_t status) {
        record_.status = status;
        record_.end = status < 500 ? CallEnd::succeeded : CallEnd::refused;
        if (entrance) entrance->ended(verdict_of(status));
    }
    void received(std::size_t bytes) { record_.bytes_received += bytes; }
    Request& request() noexcept { return request_; }
    Awaitable<void> end_upload() {
        if (upload) co_await upload->end();
    }

    void client_gone() {
        if (entrance) entrance->cancel();
        exchange->cancel(FailureKind::client_gone);
    }

    const std::shared_ptr<Entrance> entrance;  // null where there is nothing to pass
    const std::shared_ptr<AwaitedExchange> exchange;
    std::optional<Upload> upload;  // of a body that was not whole when the service was asked

  private:
    Request& request_;
    TimePoint started_;
    CallRecord record_;
};

// The service's body on its way to the client. Past the head there is no deadline, only progress:
// each piece has its own time.
class ProxiedBody final : public BodyStream {
  public:
    // `first`: what has been read of it already; empty if nothing has.
    ProxiedBody(
        GenerationPointer generation,
        std::unique_ptr<ProxiedCall> call,
        Timers& timers,
        std::string_view first
    )
        : generation_{std::move(generation)},
          call_{std::move(call)},
          timers_{timers},
          stall_limit_{generation_->snapshot().timeouts.body},
          first_{first} {}

    Awaitable<Result<std::string_view>> next() override {
        if (!first_.empty()) co_return std::exchange(first_, {});
        call_->exchange->expires_at(timers_.now() + stall_limit_);
        auto piece = co_await call_->exchange->body().next();
        // The time until the client has taken the piece is not the service's.
        call_->exchange->never_expires();
        if (piece.has_error()) {
            call_->failed(piece.error().kind());
        } else {
            call_->received(piece->size());
        }
        co_return piece;
    }
    Awaitable<void> close() override { return call_->end_upload(); }

  private:
    const GenerationPointer generation_;  // the pool is open as long as it is held
    std::unique_ptr<ProxiedCall> call_;
    Timers& timers_;
    Duration stall_limit_;
    std::string_view first_;
};

// Small bodies mostly come with their head, and then nothing has to stream.
bool is_whole(const ResponseHead& head, std::string_view first) {
    return head.body.framing == Framing::length && head.body.length == first.size();
}

Awaitable<Result<const ResponseHead*>> ask(
    ProxiedCall& call, TimePoint deadline, ExchangeRequest asked, BodyStart start
) {
    const Executor executor = co_await asio::this_coro::executor;
    Request& request = call.request();
    if (call.entrance) {
        const auto admitted = co_await call.entrance->enter(deadline, &request);
        if (admitted.has_error()) co_return admitted.error();
    }
    call.exchange->expires_at(deadline);
    if (start.whole) asked.body = std::move(start.bytes);
    const auto sent = co_await call.exchange->send(std::move(asked));
    if (sent.has_error()) co_return sent.error();
    if (!start.whole) {
        call.upload.emplace(executor, call.exchange, *request.body, std::move(start.bytes));
    }
    co_return co_await call.exchange->read_head();
}

ExchangeRequest exchange_request(const Request& request, std::string target, BodyTransfer kind) {
    ExchangeRequest asked{request.head->method, std::move(target)};
    asked.has_idempotency_key = find_field(request.head->fields, "Idempotency-Key").has_value();
    asked.body_kind = kind;
    const auto& body = request.head->body;
    const bool announced = kind == BodyTransfer::streamed && body.framing == Framing::length;
    if (announced) asked.streamed_length = body.length;
    return asked;
}

Answer refuse(const Request& request, const Failure& failure) {
    request.record->failure = failure.kind();
    return problem(failure, ProblemContext{request.head->path, request.request_id});
}

// Of an answer without a body (HEAD, 304) it is the length that a GET would have had.
std::optional<std::uint64_t> announced_length(const ResponseHead& head) {
    if (head.body.framing == Framing::length) return head.body.length;
    const auto field = find_field(head.fields, "Content-Length");
    std::uint64_t length = 0;
    if (!field || head.body.framing != Framing::none) return std::nullopt;
    const auto end = field->data() + field->size();
    return std::from_chars(field->data(), end, length).ptr == end ? std::optional{length}
                                                                  : std::nullopt;
}

Answer answer_of(
    std::unique_ptr<ProxiedCall> call,
    const ResponseHead& head,
    GenerationPointer generation,
    Timers& timers
) {
    Answer answer;
    answer.status = head.status;
    answer.field_lines = proxied_answer_lines(head);
    answer.dated = find_field(head.fields, "Date").has_value();
    // What is wrong with it, the stream says.
    const auto part = call->exchange->body_here();
    const std::string_view first = part.has_value() ? part->bytes() : std::string_view{};
    call->exchange->never_expires();
    call->received(first.size());
    if (!first.empty() && is_whole(head, first) && !call->upload) {
        answer.pieces.push_back(first);
        answer.owners.push_back(std::shared_ptr<const ProxiedCall>{std::move(call)});
        answer.owners.push_back(std::move(generation));
        return answer;
    }
    answer.stream_length = announced_length(head);
    answer.stream =
        std::make_unique<ProxiedBody>(std::move(generation), std::move(call), timers, first);
    return answer;
}

}  // namespace

std::string proxied_target(const ProxyPlan& plan, const Request& request, const Matched& matched) {
    const auto as_sent = [&](std::string_view name) -> std::string_view {
        for (const auto& parameter : matched.parameters) {
            if (parameter.name == name) return parameter.as_sent;
        }
        return {};
    };
    std::string target;
    for (const auto& segment : plan.target.segments) {
        target += '/';
        for (const auto& piece : segment) {
            const auto* literal = std::get_if<std::string>(&piece);
            target += literal ? std::string_view{*literal}
                              : as_sent(std::get<Expression>(piece).reference()->name);
        }
    }
    if (plan.rest) target.append("/").append(as_sent(*plan.rest));
    if (!request.head->query.empty()) target.append("?").append(request.head->query);
    return target;
}

Awaitable<Answer> ProxyHandler::handle(
    Request& request,
    const Plan& plan,
    std::vector<PathParameter> parameters,
    GenerationPointer generation
) const {
    const auto& proxied = std::get<ProxyPlan>(plan.work);
    const auto& upstream = generation->snapshot().upstreams[proxied.upstream];
    auto start = co_await hold_back(*request.body);
    if (start.has_error()) co_return refuse(request, start.error());
    const auto now = timers_.now();
    InWork in_work{generation->load(plan), now};
    const auto timeout = std::min(plan.timeout, upstream.timeout);
    const auto deadline = now + timeout;
    auto call =
        std::make_unique<ProxiedCall>(request, upstream, generation->upstream(proxied.upstream));
    request.on_client_gone = [&call = *call] { call.client_gone(); };

    const auto kind = start->whole ? BodyTransfer::buffered : BodyTransfer::streamed;
    auto target = proxied_target(proxied, request, Matched{&plan, std::move(parameters)});
    auto asked = exchange_request(request, std::move(target), kind);
    asked.field_lines = proxied_field_lines(request, upstream, timeout);
    const auto head = co_await ask(*call, deadline, std::move(asked), std::move(*start));
    request.on_client_gone = {};
    if (head.has_error()) {
        co_await call->end_upload();
        call->failed(head.error().kind());
        Failure failure = head.error();
        if (failure.fault() == Fault::upstream) failure.at_upstream(upstream.name);
        co_return refuse(request, failure);
    }
    call->answered((*head)->status);
    // The time of a request with a body is its client's as well.
    if (request.head->body.framing == Framing::none)
        in_work.answered((*head)->status, timers_.now_exactly());
    co_return answer_of(std::move(call), **head, std::move(generation), timers_);
}

}  // namespace weft
