#include "app/http_source.hpp"

#include <utility>

#include "upstream/call_layers.hpp"

namespace weft {
namespace {

Result<StepResult> step_result(Result<CallAnswer>&& answer) {
    if (answer.has_error()) return answer.error();
    StepResult result;
    result.status = answer->status;
    result.fields = std::move(answer->fields);
    result.body = std::move(answer->body);
    return result;
}

}  // namespace

void HttpSource::keep_record(StepIndex index, CallRecord&& record) {
    const Step& step = plan_.steps[index];
    record.step = step.name;
    // What a success is, the step says.
    if (record.end == CallEnd::succeeded || record.end == CallEnd::refused) {
        const bool succeeded = !record.failure && step.is_success(record.status);
        record.end = succeeded ? CallEnd::succeeded : CallEnd::refused;
    }
    auto& calls = request_.record->calls;
    if (calls.empty()) calls.reserve(plan_.steps.size());
    calls.push_back(std::move(record));
}

CancelHandle HttpSource::start(StepCall call, Completion completion) {
    Upstream& upstream = generation_.upstream(call.upstream);
    const Step& step = plan_.steps[call.step];
    CallRequest asked;
    asked.method = call.method;
    asked.field_lines = field_lines_.of(
        {generation_.snapshot().upstreams[call.upstream],
         step,
         call,
         call.deadline - upstream.timers().now()}
    );
    asked.target = std::move(call.target);
    asked.body = std::move(call.body);
    asked.deadline = call.deadline;
    asked.ends_by_route = call.ends_by_route;
    asked.has_idempotency_key = has_idempotency_key(call.headers);
    asked.body_used = call.body_used;
    // More than all of them together may have would be refused at its end.
    if (call.body_used) asked.max_body = generation_.snapshot().limits.max_answer;
    asked.fields_used = !step.headers_read.empty();
    asked.made_for = &request_;

    auto ended = [this, step = call.step, completion = std::move(completion)](
                     Result<CallAnswer> answer, CallRecord record
                 ) {
        keep_record(step, std::move(record));
        completion(step_result(std::move(answer)));
    };
    auto running = call_upstream(upstream, std::move(asked), std::move(ended));
    return [this, step = call.step, running = std::move(running)]() mutable {
        if (auto record = running.cancel()) keep_record(step, std::move(*record));
    };
}

}  // namespace weft
