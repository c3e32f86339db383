#include "app/http_source.hpp"

#include <utility>

#include "upstream/call_layers.hpp"

namespace weft {
namespace {

constexpr std::size_t usual_calls = 16;

}  // namespace

void HttpSource::keep_record(StepIndex index, CallRecord&& record) {
    const Step& step = plan_.steps[index];
    // What a success is, the step says.
    if (record.end == CallEnd::succeeded || record.end == CallEnd::refused) {
        const bool succeeded = !record.failure && step.is_success(record.status);
        record.end = succeeded ? CallEnd::succeeded : CallEnd::refused;
    }
    auto& calls = request_.record->calls;
    if (calls.empty()) calls.reserve(usual_calls);
    calls.push_back(std::move(record));
    calls.back().step = step.name;
}

CallRequest HttpSource::call_request(StepCall&& call) {
    const Step& step = plan_.steps[call.step];
    CallRequest asked;
    asked.method = call.method;
    asked.field_lines = field_lines_.of(
        {generation_.snapshot().upstreams[call.upstream], step, call, call.deadline - call.started}
    );
    asked.target = std::move(call.target);
    asked.body = std::move(call.body);
    asked.started = call.started;
    asked.deadline = call.deadline;
    asked.ends_by_route = call.ends_by_route;
    asked.has_idempotency_key = has_idempotency_key(call.headers);
    asked.body_used = call.body_used;
    // More than all of them together may have would be refused at its end.
    if (call.body_used) asked.max_body = generation_.snapshot().limits.max_answer;
    asked.fields_used = !step.headers_read.empty();
    asked.made_for = &request_;
    return asked;
}

CancelHandle HttpSource::start(StepCall&& call, Completion completion) {
    const std::size_t started = calls_.size();
    if (calls_.empty()) calls_.reserve(usual_calls);
    calls_.emplace_back(call.step, std::move(completion));
    Upstream& upstream = generation_.upstream(call.upstream);
    calls_[started].running = call_upstream(
        upstream,
        call_request(std::move(call)),
        [this, started](Result<CallAnswer>&& answer, CallRecord&& record) {
            ended(started, std::move(answer), std::move(record));
        }
    );
    return [this, started] { cancel(started); };
}

void HttpSource::ended(std::size_t started, Result<StepResult>&& result, CallRecord&& record) {
    keep_record(calls_[started].step, std::move(record));
    // It may destroy all this, and starts other calls.
    const Completion completion = std::move(calls_[started].completion);
    completion(std::move(result));
}

void HttpSource::cancel(std::size_t started) {
    if (auto record = calls_[started].running.cancel()) {
        keep_record(calls_[started].step, std::move(*record));
    }
}

}  // namespace weft
