#include "plan/compile_batch.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "plan/body_template.hpp"
#include "plan/compile_route.hpp"
#include "plan/header_template.hpp"
#include "plan/member_path.hpp"
#include "plan/target_template.hpp"

namespace weft {
namespace {

bool names_items(const Expression& expression) {
    if (const Reference* reference = expression.reference()) return reference->root == Root::items;
    if (const auto* call = std::get_if<FunctionCall>(&expression.form)) {
        return std::ranges::any_of(call->arguments, [](const Expression& argument) {
            return names_items(argument);
        });
    }
    return false;
}

bool names_items(const TextTemplate& text) {
    return std::ranges::any_of(text, [](const TextPiece& piece) {
        const auto* expression = std::get_if<Expression>(&piece);
        return expression != nullptr && names_items(*expression);
    });
}

bool names_items(const BodyNode& node) {
    return (node.expression && names_items(*node.expression)) || names_items(node.text) ||
           std::ranges::any_of(node.children, [](const BodyNode& child) {
               return names_items(child);
           });
}

bool names_items(const CallTemplate& call) {
    const auto in_text = [](const TextTemplate& text) { return names_items(text); };
    const auto in_value = [](const auto& named) { return names_items(named.value); };
    return std::ranges::any_of(call.target.segments, in_text) ||
           std::ranges::any_of(call.target.query, in_value) ||
           std::ranges::any_of(call.headers, in_value) || (call.body && names_items(*call.body));
}

class BatchCompiler {
  public:
    BatchCompiler(const WrittenStep& step, Use use, Resolver& resolver)
        : step_{step}, written_{*step.batch}, use_{use}, resolver_{resolver} {}

    std::optional<BatchPlan> compile() {
        if (!step_.for_each) {
            resolver_.diagnostics().error(
                written_.at, "batch needs for_each: it asks for many items of a list in one call"
            );
        }
        if (step_.path.value.empty()) check_no_own_call();
        BatchPlan plan;
        compile_call(plan);
        plan.max_size = static_cast<std::uint32_t>(written_.max_size.value);
        compile_reads(plan);
        if (!resolver_.diagnostics().has_errors() && !names_items(plan)) {
            resolver_.diagnostics().warning(
                written_.at,
                "batch does not say which items it asks for: with ${join(items, ',')} or ${items}"
            );
        }
        return plan;
    }

  private:
    void compile_call(CallTemplate& call) {
        if (written_.method) {
            call.method = compile_method(*written_.method, resolver_.diagnostics());
        }
        if (!written_.path.value.empty()) {
            auto path = compile_path(written_.path, use_, resolver_);
            if (path && path->rest) {
                resolver_.diagnostics().error(
                    path->rest->at,
                    "{" + path->rest->value + "...} stands only in the path of a proxy"
                );
            }
            if (path) call.target.segments = std::move(path->segments);
        }
        call.target.query = compile_query(written_.query, use_, resolver_);
        call.headers = compile_headers(written_.headers, use_, resolver_);
        if (written_.body) call.body = compile_body(*written_.body, use_, resolver_);
    }

    void compile_reads(BatchPlan& plan) {
        JsonPath path;
        if (written_.rows) {
            path = members(*written_.rows);
            if (!path.empty()) plan.list = plan.reads.add(path);
        }
        path.emplace_back(EveryElement{});
        plan.row = plan.reads.add(path);
        for (PathSegment& segment : members(written_.match)) path.push_back(std::move(segment));
        plan.key = plan.reads.add(path);
    }

    // Empty, and an error, if it is wrong.
    JsonPath members(const Written<std::string>& written) {
        JsonPath path;
        if (written.value.empty()) return path;  // reported when it was read
        if (const auto at = written.value.find('['); at != std::string::npos) {
            resolver_.diagnostics().error(
                inside(written.at, at),
                "rows and match are names with dots between them: one place, not several"
            );
            return path;
        }
        auto parsed = parse_member_path(written.value);
        if (const auto* fault = std::get_if<TextFault>(&parsed)) {
            resolver_.diagnostics().error(inside(written.at, fault->offset), fault->message);
            return path;
        }
        for (std::string& name : std::get<std::vector<std::string>>(parsed)) {
            path.emplace_back(MemberName{std::move(name)});
        }
        return path;
    }

    // What would belong to the call of a `path` that the step has not got.
    void check_no_own_call() {
        const auto refuse = [this](Position at, std::string_view key) {
            const std::string step = "step " + in_quotes(step_.name.value);
            resolver_.diagnostics().error(
                at,
                step + " has no path of its own, which " + in_quotes(key) +
                    " would be for: write it under \"batch\""
            );
        };
        if (step_.method) refuse(step_.method->at, "method");
        if (!step_.query.empty()) refuse(step_.query.front().first.at, "query");
        if (!step_.headers.empty()) refuse(step_.headers.front().first.at, "headers");
        if (step_.body) refuse(step_.body->at, "body");
    }

    const WrittenStep& step_;
    const WrittenBatch& written_;
    const Use use_;
    Resolver& resolver_;
};

}  // namespace

std::optional<BatchPlan> compile_batch(const WrittenStep& written, Use use, Resolver& resolver) {
    use.role = Role::batch;
    return BatchCompiler{written, use, resolver}.compile();
}

}  // namespace weft
