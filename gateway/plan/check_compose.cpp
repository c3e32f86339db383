#include "plan/check_compose.hpp"

#include <algorithm>
#include <string>

#include "plan/dependencies.hpp"
#include "plan/each_syntax.hpp"
#include "plan/schedule.hpp"

namespace weft {
namespace {

void check_cycles(const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics) {
    for (const auto& cycle : find_cycles(plan.steps)) {
        std::string message = "cycle: ";
        for (const StepIndex step : cycle) message += plan.steps[step].name + " -> ";
        message += plan.steps[cycle.front()].name;
        diagnostics.error(source.written.steps[cycle.front()].name.at, std::move(message));
    }
}

// The worst case, so that the limit cannot be passed at run time.
void check_calls(const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics) {
    std::uint64_t calls = 0;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const WrittenStep& written = source.written.steps[i];
        calls += written.for_each ? written.max_items.value : 1;
    }
    const std::uint32_t most = source.around.limits.max_calls;
    if (calls <= most) return;
    diagnostics.error(
        source.written.name.at,
        "route " + in_quotes(source.written.name.value) + " can make " + std::to_string(calls) +
            " calls, more than limits.max_calls allows (" + std::to_string(most) +
            "): lower max_items of its steps"
    );
}

// A partial answer is the body with one more member.
void check_room_for_errors(
    const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics
) {
    if (!plan.has_optional_steps || !source.written.response_body) return;
    const YamlValue& body = *source.written.response_body;
    if (body.kind != YamlKind::map || is_each(body)) {
        return diagnostics.error(
            body.at,
            "with a step that is not required the body is an object: its member \"errors\" tells "
            "what is missing"
        );
    }
    for (const auto& [name, value] : body.members) {
        if (name.value != "errors") continue;
        diagnostics.error(
            name.at, "with a step that is not required the member \"errors\" is Weft's to write"
        );
    }
}

void warn_of_doubtful_steps(
    const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics
) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const WrittenStep& written = source.written.steps[i];
        const std::string step = "step " + in_quotes(plan.steps[i].name);
        const bool is_used = plan.steps[i].body_used || plan.steps[i].end_used;
        if (plan.steps[i].method == Method::get && !is_used) {
            diagnostics.warning(written.name.at, "nothing reads " + step);
        }
        if (written.timeout && written.timeout->value > source.written.timeout.value) {
            diagnostics.warning(
                written.timeout->at,
                step + " may take longer than its route: " +
                    std::to_string(written.timeout->value.count()) + " ms of " +
                    std::to_string(source.written.timeout.value.count()) + " ms"
            );
        }
    }
}

bool reads_something(const Condition& condition) {
    return condition.operand || std::ranges::any_of(condition.operands, reads_something);
}

// Such a step is reached always or never.
void warn_of_constant_conditions(
    const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics
) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        const Step& step = plan.steps[i];
        if (!step.when || reads_something(*step.when)) continue;
        diagnostics.warning(
            source.written.steps[i].when->at,
            "\"when\" of step " + in_quotes(step.name) +
                " reads nothing, so it is the same for every request"
        );
    }
}

// Only of steps that wait for each other: what one call may take is the business of its own
// timeout.
void warn_of_slow_chain(
    const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics
) {
    const Schedule slowest = schedule(plan.steps, call_times(plan.steps));
    const milliseconds deadline = source.written.timeout.value;
    if (slowest.slowest.size() < 2 || slowest.slowest_time <= deadline) return;
    std::string chain;
    for (const StepIndex step : slowest.slowest) {
        chain += (chain.empty() ? "" : " -> ") + plan.steps[step].name;
    }
    diagnostics.warning(
        source.written.name.at,
        "route " + in_quotes(source.written.name.value) + " may be cut off by its timeout: " +
            chain + " can take " + std::to_string(slowest.slowest_time.count()) + " ms of " +
            std::to_string(deadline.count()) + " ms"
    );
}

void warn_of_unlikely_body(
    const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics
) {
    if (!plan.reads_request_body || source.written.method.value != "GET") return;
    const std::string route = "route " + in_quotes(source.written.name.value);
    diagnostics.warning(
        source.written.name.at, route + " reads request.body, but a GET request seldom has one"
    );
}

void warn_of_idle_grace(
    const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics
) {
    if (!plan.grace) return;
    const auto required = std::ranges::count(plan.steps, true, &Step::required);
    std::string why;
    if (required == std::ssize(plan.steps)) {
        why = "every step is required, so \"grace\" changes nothing";
    } else if (required == 0) {
        why = "no step is required, so \"grace\" begins with the request";
    } else if (*plan.grace >= source.written.timeout.value) {
        why = "the route's timeout ends before its \"grace\" can";
    }
    if (!why.empty()) diagnostics.warning(source.written.grace->at, std::move(why));
}

// RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5.
void warn_of_unsent_body(const RouteSource& source, Diagnostics& diagnostics) {
    const auto& status = source.written.response_status;
    if (status.value != 204 && status.value != 205 && status.value != 304) return;
    diagnostics.warning(
        status.at,
        "an answer of status " + std::to_string(status.value) + " has no body: this one is not sent"
    );
}

}  // namespace

void check_compose(const RouteSource& source, const ComposePlan& plan, Diagnostics& diagnostics) {
    check_cycles(source, plan, diagnostics);
    check_calls(source, plan, diagnostics);
    check_room_for_errors(source, plan, diagnostics);
    // A reference that could not be resolved would make a step look unread.
    if (diagnostics.has_errors()) return;
    warn_of_doubtful_steps(source, plan, diagnostics);
    warn_of_constant_conditions(source, plan, diagnostics);
    warn_of_slow_chain(source, plan, diagnostics);
    warn_of_unlikely_body(source, plan, diagnostics);
    warn_of_idle_grace(source, plan, diagnostics);
    warn_of_unsent_body(source, diagnostics);
}

}  // namespace weft
