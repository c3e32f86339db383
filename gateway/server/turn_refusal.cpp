// Where a turn answers by itself: a head that is refused, a handler or a stream that failed.
#include "http/problem.hpp"
#include "server/turn.hpp"

namespace weft {

Answer Turn::problem_for(const Failure& failure) const {
    ProblemContext context;
    context.instance = record_.path;
    context.request_id = request_.request_id;
    return problem(failure, context);
}

Awaitable<void> Turn::refuse(const Failure& failure) {
    co_await context_.last_turns.wait();
    forget_last_request();
    context_.ids.make(request_.request_id);
    go_on_ = false;
    Answer refusal = problem_for(failure);
    record_.status = refusal.status;
    record_.failure = failure.kind();
    const Method method = reader_.asked_for_head_alone() ? Method::head : Method::get;
    const AnswerFraming framing = frame_answer(refusal, method, 1);
    auto end = writer_.begin(refusal, framing, ConnectionOption::close);
    if (!end) end = co_await writer_.finish(refusal);
    note_end(*end);
    end_record();
}

// Nobody has seen a byte of the answer whose stream failed.
Awaitable<AnswerEnd> Turn::write_instead(const Failure& failure) {
    if (client_gone_) co_return AnswerEnd::client_gone;
    Answer refusal = problem_for(failure);
    record_.status = refusal.status;
    record_.failure = failure.kind();
    go_on_ = go_on_ && !refusal.close;
    const auto end = begin_writing(refusal);
    if (end) co_return *end;
    co_return co_await finish_writing(refusal);
}

}  // namespace weft
