#include "compose/answer.hpp"

#include <array>
#include <utility>

#include "compose/body_writer.hpp"
#include "compose/escape.hpp"
#include "compose/status.hpp"
#include "http/problem.hpp"

namespace weft {
namespace {

// Only what a source without a strict reader of its own cannot break the answer with.
void pass_challenge(const std::vector<OwnedField>& from, Answer& answer) {
    constexpr std::array<std::string_view, 2> passed{"WWW-Authenticate", "Retry-After"};
    for (const std::string_view name : passed) {
        for (const OwnedField& field : from) {
            if (!equal_ignoring_case(field.name(), name) || !fits_in_header(field.value()))
                continue;
            answer.fields.emplace_back(name, field.value());
        }
    }
}

ProblemContext context_of(const Run& run) {
    ProblemContext context;
    context.instance = run.inputs.head->path;
    context.request_id = run.inputs.id;
    return context;
}

}  // namespace

Result<Answer> composed_answer(const std::shared_ptr<Run>& run) {
    auto pieces = BodyWriter{*run}.write();
    if (!pieces) return std::move(pieces).error();
    Answer answer;
    answer.fields.emplace_back("Content-Type", "application/json");
    if (!is_complete(*run)) {
        answer.fields.emplace_back("Weft-Complete", "false");
        answer.fields.emplace_back("Cache-Control", "no-store");
    }
    answer.pieces = *std::move(pieces);
    answer.owners.push_back(run);
    return answer;
}

Answer failed_answer(const Part& part, const Run& run) {
    const ClientStatus status =
        client_status(*part.failure, run.step(part.step), run.upstream_of(part.step));
    ProblemContext context = context_of(run);
    context.status = status.status;
    Answer answer = problem(*part.failure, context);
    if (status.passed == PassedFields::challenge) pass_challenge(part.fields, answer);
    return answer;
}

Answer failed_answer(const Failure& failure, const Run& run) {
    return problem(failure, context_of(run));
}

}  // namespace weft
