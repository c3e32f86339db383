#include "plan/compile_compose.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "plan/body_template.hpp"
#include "plan/check_compose.hpp"
#include "plan/compile_batch.hpp"
#include "plan/compile_order.hpp"
#include "plan/compile_route.hpp"
#include "plan/compile_shape.hpp"
#include "plan/compile_status.hpp"
#include "plan/expression_parser.hpp"
#include "plan/forwarded_headers.hpp"
#include "plan/header_template.hpp"
#include "plan/request_body.hpp"
#include "plan/resolver.hpp"
#include "plan/response_headers.hpp"
#include "plan/step_names.hpp"
#include "plan/target_template.hpp"

namespace weft {
namespace {

// What references need to know of the steps before any of them is looked into.
std::vector<Step> declare_steps(const std::vector<WrittenStep>& written, Diagnostics& diagnostics) {
    std::vector<Step> steps;
    for (const WrittenStep& step : written) {
        if (steps.size() == max_steps) {
            diagnostics.error(
                step.name.at, "a route has at most " + std::to_string(max_steps) + " steps"
            );
            break;
        }
        const std::string fault = fault_of_name(step.name.value, "a step");
        if (!fault.empty()) diagnostics.error(step.name.at, fault);
        Step declared;
        declared.name = step.name.value;
        declared.required = step.required.value;
        steps.push_back(std::move(declared));
    }
    return steps;
}

ComposePlan with_steps(std::vector<Step> steps) {
    ComposePlan plan;
    plan.steps = std::move(steps);
    return plan;
}

class ComposeCompiler {
  public:
    ComposeCompiler(const RouteSource& source, Diagnostics& diagnostics)
        : source_{source},
          diagnostics_{diagnostics},
          plan_{with_steps(declare_steps(source.written.steps, diagnostics))},
          resolver_{source.written, source.pattern, plan_, diagnostics} {}

    ComposePlan compile() && {
        check_names_of_items(source_.written.steps, diagnostics_);
        for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
            compile_step(source_.written.steps[i], static_cast<StepIndex>(i));
        }
        plan_.has_optional_steps =
            std::ranges::any_of(plan_.steps, [](const Step& step) { return !step.required; });
        compile_response();
        if (source_.written.grace) plan_.grace = source_.written.grace->value;
        check_compose(source_, plan_, diagnostics_);
        return std::move(plan_);
    }

  private:
    void compile_step(const WrittenStep& written, StepIndex index) {
        Step& step = plan_.steps[index];
        step.upstream = source_.around.names.find(written.upstream, diagnostics_);
        if (written.method) step.method = compile_method(*written.method, diagnostics_);
        step.timeout = timeout_of(written, step.upstream);
        const Use use{.reader = index};
        compile_for_each(written, use);
        if (!written.path.value.empty()) {
            compile_step_path(written, use);
        }
        step.target.query = compile_query(written.query, use, resolver_);
        step.headers = compile_headers(written.headers, use, resolver_);
        if (written.body) {
            step.body = compile_request_body(*written.body, step.method, use, resolver_);
        }
        if (written.batch) step.batch = compile_batch(written, use, resolver_);
        compile_fallback(written, step);
        compile_statuses(written, step, diagnostics_);
        step.shape = compile_shape(written, diagnostics_);
        step.forward = compile_forward(written.forward, diagnostics_);
        compile_order(written, index);
    }

    void compile_order(const WrittenStep& written, StepIndex index) {
        Step& step = plan_.steps[index];
        if (written.when) step.when = compile_when(*written.when, index, resolver_);
        for (const StepIndex other : compile_after(written.after, resolver_)) {
            step.waits.push_back(other);
            plan_.steps[other].end_used = true;
        }
        simplify_waits(step);
    }

    milliseconds timeout_of(const WrittenStep& written, UpstreamIndex upstream) const {
        const auto& upstreams = source_.around.upstreams;
        const milliseconds of_upstream =
            upstreams.empty() ? milliseconds{1000} : upstreams[upstream].timeout;
        return written.timeout ? std::min(written.timeout->value, of_upstream) : of_upstream;
    }

    void compile_step_path(const WrittenStep& written, const Use& use) {
        auto path = compile_path(written.path, use, resolver_);
        if (!path) return;
        if (path->rest) {
            diagnostics_.error(
                path->rest->at, "{" + path->rest->value + "...} stands only in the path of a proxy"
            );
        }
        plan_.steps[*use.reader].target.segments = std::move(path->segments);
    }

    // What bounds a loop that is not there would mislead whoever reads it.
    void check_bounds(const WrittenStep& written) {
        const WrittenStep usual;
        const auto check = [this](const Written<std::uint64_t>& bound, const auto& otherwise) {
            if (bound.value == otherwise.value) return;
            diagnostics_.error(bound.at, "this bounds the loop of for_each, which is missing");
        };
        check(written.max_items, usual.max_items);
        check(written.max_concurrency, usual.max_concurrency);
    }

    void compile_for_each(const WrittenStep& written, Use use) {
        if (!written.for_each) return check_bounds(written);
        if (written.for_each->value.empty()) return;  // reported when it was read
        use.place = Place::list;
        use.role = Role::list;
        use.start = written.for_each->at;
        const auto parsed = parse_text(written.for_each->value);
        if (const auto* fault = std::get_if<TextFault>(&parsed)) {
            return diagnostics_.error(inside(use.start, fault->offset), fault->message);
        }
        const auto& text = std::get<TextSyntax>(parsed);
        const auto* list =
            text.size() == 1 ? std::get_if<ExpressionSyntax>(&text.front()) : nullptr;
        if (list == nullptr) {
            return diagnostics_.error(
                use.start, "for_each is one expression, such as ${order.product_ids}"
            );
        }
        auto resolved = resolver_.resolve(*list, use);
        if (!resolved) return;
        ForEach& for_each = plan_.steps[*use.reader].for_each.emplace();
        for_each.list = *std::move(resolved);
        for_each.max_items = static_cast<std::uint32_t>(written.max_items.value);
        for_each.max_concurrency = static_cast<std::uint32_t>(written.max_concurrency.value);
    }

    void compile_fallback(const WrittenStep& written, Step& step) {
        if (!written.fallback) return;
        const Position at = written.fallback->at;
        if (step.required && !written.when) {
            const std::string name = in_quotes(step.name);
            diagnostics_.error(
                at,
                "step " + name +
                    " is required, so its fallback is never used: add \"required: false\""
            );
        }
        if (step.required && written.when && written.for_each) {
            const std::string name = in_quotes(step.name);
            diagnostics_.error(
                at,
                "the fallback of a for_each step is one item's, and step " + name +
                    " is required, so it is never used: add \"required: false\""
            );
        }
        // Wrapped, because only a value that is not at the top becomes one literal.
        YamlValue wrapped;
        wrapped.kind = YamlKind::list;
        wrapped.items.push_back(*written.fallback);
        const auto node = compile_body(wrapped, {}, resolver_);
        if (!node) return;
        if (node->kind != BodyKind::literal) {
            return diagnostics_.error(at, "a fallback is a constant: it cannot hold an expression");
        }
        step.fallback = node->literal.substr(1, node->literal.size() - 2);
        step.has_fallback = true;
    }

    void compile_response() {
        const WrittenRoute& written = source_.written;
        plan_.response_status = static_cast<std::uint16_t>(written.response_status.value);
        plan_.response_headers = compile_response_headers(written.response_headers, resolver_);
        if (!source_.written.response_body) return;
        auto body = compile_body(*source_.written.response_body, {}, resolver_);
        if (body) plan_.response = std::move(*body);
    }

    const RouteSource& source_;
    Diagnostics& diagnostics_;
    ComposePlan plan_;
    Resolver resolver_;
};

}  // namespace

ComposePlan compile_compose(const RouteSource& source, Diagnostics& diagnostics) {
    return ComposeCompiler{source, diagnostics}.compile();
}

}  // namespace weft
