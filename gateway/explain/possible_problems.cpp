#include "explain/possible_problems.hpp"

#include <algorithm>
#include <array>

#include "explain/references.hpp"
#include "http/problem.hpp"
#include "plan/client_status.hpp"

namespace weft {
namespace {

// What every call can meet, besides a status.
constexpr std::array call_failures{
    FailureKind::connection_refused,
    FailureKind::connect_timeout,
    FailureKind::connection_closed,
    FailureKind::response_incomplete,
    FailureKind::read_timeout,
    FailureKind::write_timeout,
    FailureKind::deadline,
    FailureKind::response_head_too_large,
    FailureKind::response_body_too_large,
    FailureKind::protocol,
    FailureKind::transfer_coding,
    FailureKind::content_coding,
    FailureKind::dns,
    FailureKind::connection_limit,
    FailureKind::unavailable,
};

bool can_fail_to_compose(const BodyNode& node) {
    if (node.kind == BodyKind::text || node.kind == BodyKind::each) return true;
    if (node.expression && node.expression->reference() == nullptr) return true;
    return std::ranges::any_of(node.children, can_fail_to_compose);
}

class ProblemFinder {
  public:
    ProblemFinder(const ComposePlan& plan, const Snapshot& snapshot)
        : plan_{plan}, snapshot_{snapshot} {}

    PossibleProblems find() && {
        if (plan_.reads_request_body) {
            add(FailureKind::bad_request_body);
            add(FailureKind::request_body_too_large);
        }
        if (can_fail_to_compose(plan_.response)) add(FailureKind::response_invalid);
        for (const Step& step : plan_.steps) {
            if (step.required) add(step);
        }
        return std::move(problems_);
    }

  private:
    void add(FailureKind kind) {
        const Failure failure{kind};
        problems_[problem_status(failure)].codes[traits(kind).code];
    }

    void add(const Step& step) {
        for (const FailureKind kind : call_failures) add(step, Failure{kind});
        if (step.body_used || step.batch) add(step, Failure{FailureKind::json});
        for (std::uint16_t status = 200; status < 600; ++status) {
            if (step.is_success(status)) continue;
            add(step, Failure{FailureKind::upstream_status}.with_upstream_status(status));
        }
        add_values(step);
    }

    // Whose value it is that cannot be used decides whose fault that is.
    void add_values(const Step& step) {
        bool reads_request = false;
        bool reads_others = false;
        visit_expressions(step, [&](const Expression& expression) {
            visit_references(expression, [&](const Reference& reference) {
                (reference.from_request() ? reads_request : reads_others) = true;
            });
        });
        const auto add_for = [&](FailureKind kind) {
            if (reads_request) add(step, Failure{kind}.blame(Fault::client));
            if (reads_others) add(step, Failure{kind});
        };
        add_for(FailureKind::missing_input);
        add_for(FailureKind::invalid_value);
        if (!step.for_each) return;
        add_for(FailureKind::not_a_list);
        add_for(FailureKind::too_many_items);
    }

    void add(const Step& step, const Failure& failure) {
        const auto [status, passed] =
            client_status(failure, step, snapshot_.upstreams[step.upstream]);
        PossibleProblem& problem = problems_[status];
        if (passed == PassedFields::challenge) problem.challenges = true;
        auto& steps = problem.codes[traits(failure.kind()).code];
        if (steps.empty() || steps.back() != step.name) steps.push_back(step.name);
    }

    const ComposePlan& plan_;
    const Snapshot& snapshot_;
    PossibleProblems problems_;
};

}  // namespace

PossibleProblems possible_problems(const ComposePlan& plan, const Snapshot& snapshot) {
    return ProblemFinder{plan, snapshot}.find();
}

}  // namespace weft
