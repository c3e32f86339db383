#include "compose/answer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "compose/body_writer.hpp"
#include "compose/escape.hpp"
#include "compose/render.hpp"
#include "http/problem.hpp"
#include "plan/client_status.hpp"

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

bool has_field(const Answer& answer, std::string_view name) {
    return std::ranges::any_of(answer.fields, [name](const OwnedField& field) {
        return equal_ignoring_case(field.name(), name);
    });
}

// Those of the route, which are left out where their values are absent or cannot be sent, and what
// says that the answer is partial: nothing in a route can take that back.
void add_fields(const Run& run, Answer& answer) {
    const bool is_partial = !is_complete(run);
    if (is_partial) {
        answer.fields.emplace_back("Weft-Complete", "false");
        answer.fields.emplace_back("Cache-Control", "no-store");
    }
    Scope scope{run};
    scope.view = View::sent;
    for (const HeaderTemplate& header : run.compose->response_headers) {
        if (has_field(answer, header.name)) continue;
        auto value = render_header(header.value, scope);
        if (value) answer.fields.emplace_back(header.name, *std::move(value));
    }
    if (!has_field(answer, "Content-Type")) {
        answer.field_lines = "Content-Type: application/json\r\n";
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
    Result<Answer> composed{boost::system::in_place_value};
    if (pieces) {
        composed->status = run->compose->response_status;
        add_fields(*run, *composed);
        composed->pieces = *std::move(pieces);
        composed->owners.push_back(run);
    } else {
        composed = std::move(pieces).error();
    }
    return composed;
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
