// Where a session answers by itself: a head that is refused, a handler or a stream that failed.
#include "http/problem.hpp"
#include "server/session.hpp"

namespace weft {

Answer Session::problem_for(const Failure& failure) const {
    ProblemContext context;
    context.instance = record_.path;
    context.request_id = request_.request_id;
    return problem(failure, context);
}

Awaitable<void> Session::refuse(const Failure& failure) {
    forget_last_request();
    context_.ids.make(request_.request_id);
    go_on_ = false;
    Answer refusal = problem_for(failure);
    record_.status = refusal.status;
    record_.failure = failure.kind();
    const Method method = reader_.asked_for_head_alone() ? Method::head : Method::get;
    const AnswerFraming framing = frame_answer(refusal, method, 1);
    const AnswerEnd end = co_await writer_.write(refusal, framing, ConnectionOption::close);
    note_end(end);
    end_record();
}

// Nobody has seen a byte of the answer whose stream failed.
Awaitable<AnswerEnd> Session::write_instead(const Failure& failure) {
    if (client_gone_) co_return AnswerEnd::client_gone;
    Answer refusal = problem_for(failure);
    record_.status = refusal.status;
    record_.failure = failure.kind();
    go_on_ = go_on_ && !refusal.close;
    co_return co_await write(refusal);
}

}  // namespace weft
