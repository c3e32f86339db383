#include "plan/compile_proxy.hpp"

#include <string>
#include <utility>

#include "plan/resolver.hpp"
#include "plan/target_template.hpp"

namespace weft {
namespace {

// Segments are forwarded as they were sent, and only the path's parameters have such a form.
void check_segments(const CompiledPath& path, const WrittenProxy& proxy, Diagnostics& diagnostics) {
    for (const TextTemplate& segment : path.segments) {
        for (const TextPiece& piece : segment) {
            const auto* expression = std::get_if<Expression>(&piece);
            if (expression == nullptr) continue;
            const Reference* reference = expression->reference();
            if (reference != nullptr && reference->root == Root::request_path) continue;
            diagnostics.error(
                proxy.path.at, "a proxy's path can hold parameters of the route's path only"
            );
        }
    }
}

const std::string* rest_of(const PathPattern& pattern) {
    const PatternSegment& last = pattern.segments.back();
    return last.kind == SegmentKind::rest ? &last.text : nullptr;
}

void check_rest(const RouteSource& source, const CompiledPath& path, Diagnostics& diagnostics) {
    if (source.pattern == nullptr) return;
    const std::string* offered = rest_of(*source.pattern);
    if (path.rest && (offered == nullptr || *offered != path.rest->value)) {
        const std::string hint =
            offered == nullptr ? "" : did_you_mean(path.rest->value, {*offered});
        diagnostics.error(
            path.rest->at, "the route's path does not end with {" + path.rest->value + "...}" + hint
        );
    } else if (!path.rest && offered != nullptr) {
        diagnostics.warning(
            source.written.proxy->path.at,
            "{" + *offered + "...} of the route's path is not forwarded"
        );
    }
}

}  // namespace

ProxyPlan compile_proxy(const RouteSource& source, Diagnostics& diagnostics) {
    const WrittenProxy& written = *source.written.proxy;
    ProxyPlan plan;
    plan.upstream = source.around.names.find(written.upstream, diagnostics);
    if (written.path.value.empty()) return plan;  // reported when it was read
    ComposePlan no_steps;
    Resolver resolver{source.written, source.pattern, no_steps, diagnostics};
    auto path = compile_path(written.path, {}, resolver);
    if (!path) return plan;
    check_segments(*path, written, diagnostics);
    check_rest(source, *path, diagnostics);
    plan.target.segments = std::move(path->segments);
    if (path->rest) plan.rest = std::move(path->rest->value);
    return plan;
}

}  // namespace weft
