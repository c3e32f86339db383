#include "app/compose_handler.hpp"

#include <boost/asio/this_coro.hpp>
#include <optional>
#include <utility>

#include "app/http_source.hpp"
#include "async/signal.hpp"
#include "compose/composition.hpp"
#include "http/problem.hpp"

namespace weft {
namespace {

Awaitable<Result<std::string>> read_whole(BodyStream& body, Admission& admission) {
    const Admission::Waiting waiting{admission};
    std::string whole;
    for (;;) {
        const auto piece = co_await body.next();
        if (piece.has_error()) co_return piece.error();
        if (piece->empty()) co_return whole;
        whole += *piece;
    }
}

Answer refuse(const Request& request, const Failure& failure) {
    request.record->failure = failure.kind();
    return problem(failure, ProblemContext{request.head->path, request.request_id});
}

Composition::Job job_for(
    const Request& request,
    const Plan& plan,
    std::vector<PathParameter>&& parameters,
    const GenerationPointer& generation
) {
    // The generation's own count, which no other worker touches.
    std::shared_ptr<const Snapshot> snapshot{generation, &generation->snapshot()};
    Composition::Job job{
        std::move(snapshot), &plan, {}, request.received + plan.timeout, request.record};
    job.inputs.head = request.head;
    job.inputs.parameters = std::move(parameters);
    job.inputs.id = request.request_id;
    return job;
}

}  // namespace

Awaitable<Answer> ComposeHandler::handle(
    Request& request,
    const Plan& plan,
    std::vector<PathParameter> parameters,
    GenerationPointer generation
) const {
    const auto& compose = std::get<ComposePlan>(plan.work);
    RouteLoad& load = generation->load(plan);
    Composition::Job job = job_for(request, plan, std::move(parameters), generation);
    if (compose.reads_request_body) {
        auto body = co_await read_whole(*request.body, admission_);
        if (body.has_error()) co_return refuse(request, body.error());
        job.inputs.body = std::move(*body);
        // Others have begun while the client was sending.
        if (!admission_.admits(load)) co_return refuse(request, Failure{FailureKind::overloaded});
    }
    InWork in_work{load, compose.reads_request_body ? timers_.now() : request.received};

    HttpSource source{request, compose, *generation};
    Signal ended{co_await asio::this_coro::executor};
    std::optional<Answer> answer;
    Composition* running = nullptr;
    Alarm deadline{timers_, [&running] { running->expire(); }};
    deadline.arm(job.deadline);
    job.ends_earlier = [&deadline](TimePoint when) { deadline.arm(when); };
    Composition composition{std::move(job), source, timers_.clock()};
    running = &composition;
    request.on_client_gone = [&] {
        composition.cancel();
        ended.notify();
    };
    composition.start([&](Answer&& composed) {
        answer = std::move(composed);
        ended.notify();
    });
    co_await ended.wait();
    request.on_client_gone = {};
    if (!answer) co_return refuse(request, Failure{FailureKind::client_gone});
    in_work.answered(answer->status, timers_.now_exactly());
    co_return std::move(*answer);
}

}  // namespace weft
