#include "plan/compile_route.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "plan/compile_compose.hpp"
#include "plan/compile_proxy.hpp"

namespace weft {
namespace {

std::optional<PathPattern> compile_pattern(const WrittenRoute& written, Diagnostics& diagnostics) {
    if (written.path.value.empty()) return std::nullopt;  // reported when it was read
    auto parsed = parse_path_pattern(written.path.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        diagnostics.error(inside(written.path.at, fault->offset), fault->message);
        return std::nullopt;
    }
    auto& pattern = std::get<PathPattern>(parsed);
    const PatternSegment& last = pattern.segments.back();
    if (last.kind == SegmentKind::rest && !written.proxy) {
        const std::size_t offset = written.path.value.rfind('{');
        diagnostics.error(
            inside(written.path.at, offset),
            "{" + last.text + "...} stands only in the path of a proxy route"
        );
    }
    return std::move(pattern);
}

Method compile_route_method(const WrittenRoute& written, Diagnostics& diagnostics) {
    const Method method = compile_method(written.method, diagnostics);
    if (method == Method::head)
        diagnostics.error(written.method.at, "HEAD is served by every GET route");
    if (method == Method::options)
        diagnostics.error(written.method.at, "OPTIONS is answered by Weft itself");
    return method;
}

void check_shape(const WrittenRoute& written, Diagnostics& diagnostics) {
    const bool composes = !written.steps.empty() || written.response_at;
    const std::string route = "route " + in_quotes(written.name.value);
    const Position at = written.name.at;
    if (written.proxy && composes) {
        const Position where = written.response_at.value_or(written.proxy->at);
        diagnostics.error(
            where, route + " has \"proxy\", so it cannot have \"steps\" or \"response\""
        );
    } else if (!written.proxy && !composes) {
        diagnostics.error(at, route + " needs \"steps\" and \"response\", or \"proxy\"");
    } else if (!written.proxy && written.steps.empty()) {
        diagnostics.error(at, route + " needs \"steps\"");
    } else if (!written.proxy && !written.response_at) {
        diagnostics.error(at, route + " needs a \"response\"");
    } else if (!written.proxy && !written.response_body) {
        diagnostics.error(*written.response_at, "the response needs a \"body\"");
    }
}

}  // namespace

CompiledRoute compile_route(
    const WrittenRoute& written, const Surroundings& around, Diagnostics& diagnostics
) {
    check_shape(written, diagnostics);
    CompiledRoute compiled;
    compiled.pattern = compile_pattern(written, diagnostics);
    compiled.plan.name = written.name.value;
    compiled.plan.path = written.path.value;
    compiled.plan.method = compile_route_method(written, diagnostics);
    compiled.plan.timeout = written.timeout.value;
    compiled.plan.body_limit = written.body_limit ? written.body_limit->value : around.limits.body;
    const PathPattern* pattern = compiled.pattern ? &*compiled.pattern : nullptr;
    const RouteSource source{written, pattern, around};
    if (written.proxy) {
        compiled.plan.work = compile_proxy(source, diagnostics);
    } else {
        compiled.plan.work = compile_compose(source, diagnostics);
    }
    return compiled;
}

Method compile_method(const Written<std::string>& written, Diagnostics& diagnostics) {
    if (written.value.empty()) return Method::get;  // reported when it was read
    const auto method = parse_method(written.value);
    if (method && *method != Method::connect && *method != Method::trace) return *method;
    std::string upper = written.value;
    std::ranges::transform(upper, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    const std::vector<std::string_view> known{
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    const bool is_known = std::ranges::find(known, upper) != known.end();
    const std::string hint =
        is_known ? " (methods are written in capitals)" : did_you_mean(upper, known);
    diagnostics.error(written.at, "unknown method " + in_quotes(written.value) + hint);
    return Method::get;
}

}  // namespace weft
