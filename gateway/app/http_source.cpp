#include "app/http_source.hpp"

#include <utility>

#include "app/forwarding.hpp"

namespace weft {
namespace {

Result<StepResult> step_result(Result<CallAnswer> answer) {
    if (answer.has_error()) return answer.error();
    StepResult result;
    result.status = answer->status;
    result.fields = std::move(answer->fields);
    result.body = std::move(answer->body);
    return result;
}

}  // namespace

void HttpSource::keep_record(StepIndex step, CallRecord record) {
    record.step = plan_.steps[step].name;
    request_.record->calls.push_back(std::move(record));
}

CancelHandle HttpSource::start(StepCall call, Completion completion) {
    Upstream& upstream = *upstreams_[call.upstream];
    CallRequest asked;
    asked.method = call.method;
    asked.target = std::move(call.target);
    asked.field_lines = call_field_lines(
        request_,
        snapshot_.upstreams[call.upstream],
        call.headers,
        call.deadline - upstream.timers().now()
    );
    asked.body = std::move(call.body);
    asked.deadline = call.deadline;
    asked.ends_by_route = call.ends_by_route;
    asked.has_idempotency_key = has_idempotency_key(call.headers);
    asked.body_used = call.body_used;

    const auto ended = [this, step = call.step, completion = std::move(completion)](
                           Result<CallAnswer> answer, CallRecord record
                       ) {
        keep_record(step, std::move(record));
        completion(step_result(std::move(answer)));
    };
    auto running = start_call(upstream, std::move(asked), ended);
    return [this, step = call.step, running = std::move(running)]() mutable {
        if (auto record = running.cancel()) keep_record(step, std::move(*record));
    };
}

}  // namespace weft
