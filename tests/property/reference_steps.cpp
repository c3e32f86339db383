#include "property/reference_steps.hpp"

#include <algorithm>

#include "property/reference_loop.hpp"
#include "property/reference_text.hpp"

namespace weft::property {
namespace {

class StepRunner {
  public:
    StepRunner(const ModelRoute& route, const ModelRequest& request, const Services& services)
        : route_{route}, request_{request}, caller_{route, services} {}

    ModelRun run() {
        for (const ModelStep& step : route_.steps) run_.results[step.name] = run(step);
        run_.problems = caller_.problems();
        return std::move(run_);
    }

  private:
    ModelResult run(const ModelStep& step) {
        ModelResult result;
        const ModelScope scope{route_, request_, run_.results};
        const auto decision = step.when ? holds(*step.when, scope) : true;
        if (const auto* refused = std::get_if<ModelValue>(&decision)) {
            const ModelFailure failure{refused->code, blame(*refused->by, step)};
            result.whole =
                step.for_each ? caller_.failed_list(step, failure) : caller_.failed(step, failure);
        } else if (!std::get<bool>(decision) || lacks_a_feed(step)) {
            result.whole = skipped(step);
        } else if (step.for_each) {
            result = run_loop(step, scope);
        } else {
            result.whole = run_plain(step, scope);
        }
        return result;
    }

    static ModelPart skipped(const ModelStep& step) {
        return step.for_each ? Caller::skipped_list() : Caller::skipped(step);
    }

    ModelPart run_plain(const ModelStep& step, const ModelScope& scope) {
        const Rendering rendering = render(step, *step.call, scope);
        if (const auto* asked = std::get_if<Asked>(&rendering)) return caller_.call(step, *asked);
        const auto* failure = std::get_if<ModelFailure>(&rendering);
        return failure != nullptr ? caller_.failed(step, *failure) : skipped(step);
    }

    ModelResult run_loop(const ModelStep& step, const ModelScope& scope) {
        const ModelList list = list_of(*step.for_each, scope);
        if (list.kind == ModelList::Kind::list) return run_items(step, list, scope, caller_);
        ModelResult result;
        if (list.kind == ModelList::Kind::unavailable) {
            result.whole = skipped(step);
            return result;
        }
        ModelFailure failure{"missing_input", blame(*list.by, step)};
        if (list.kind == ModelList::Kind::not_a_list) failure.code = "not_a_list";
        if (list.kind == ModelList::Kind::refused) failure.code = "invalid_value";
        result.whole = caller_.failed_list(step, failure);
        return result;
    }

    // A value it cannot do without is not there.
    bool lacks_a_feed(const ModelStep& step) const {
        bool lacks = false;
        visit_outermost(step, [&](const ModelExpression& expression) {
            lacks = lacks || lacks_a_feed(expression);
        });
        return lacks;
    }

    bool lacks_a_feed(const ModelExpression& expression) const {
        using Kind = ModelExpression::Kind;
        if (expression.optional) return false;
        const bool reads_step =
            expression.kind == Kind::look_up ||
            (expression.kind == Kind::reference && expression.from == From::step);
        if (reads_step) {
            const ModelResult& result = run_.results.at(expression.name);
            if (!result.is_list && !result.whole.has_value) return true;
        }
        return std::ranges::any_of(expression.arguments, [&](const ModelExpression& argument) {
            return lacks_a_feed(argument);
        });
    }

    const ModelRoute& route_;
    const ModelRequest& request_;
    Caller caller_;
    ModelRun run_;
};

}  // namespace

ModelRun run_slowly(
    const ModelRoute& route, const ModelRequest& request, const Services& services
) {
    return StepRunner{route, request, services}.run();
}

}  // namespace weft::property
