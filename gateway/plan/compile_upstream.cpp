#include "plan/compile_upstream.hpp"

#include <limits>
#include <string>
#include <utility>

#include "plan/address.hpp"
#include "plan/forwarded_headers.hpp"

namespace weft {
namespace {

std::vector<EndpointPlan> compile_urls(
    const std::vector<Written<std::string>>& urls, Diagnostics& diagnostics
) {
    std::vector<EndpointPlan> endpoints;
    for (const auto& url : urls) {
        if (url.value.empty()) continue;  // reported when it was read
        auto parsed = parse_upstream_url(url.value);
        if (const auto* fault = std::get_if<TextFault>(&parsed)) {
            diagnostics.error(inside(url.at, fault->offset), fault->message);
        } else {
            endpoints.push_back(std::move(std::get<EndpointPlan>(parsed)));
        }
    }
    return endpoints;
}

}  // namespace

std::vector<UpstreamPlan> compile_upstreams(
    const std::vector<WrittenUpstream>& written, Diagnostics& diagnostics
) {
    constexpr std::size_t most = std::numeric_limits<UpstreamIndex>::max();
    if (written.size() > most) diagnostics.error(written[most].name.at, "too many upstreams");
    std::vector<UpstreamPlan> compiled;
    compiled.reserve(written.size());
    for (const WrittenUpstream& upstream : written) {
        UpstreamPlan plan;
        plan.name = upstream.name.value;
        plan.endpoints = compile_urls(upstream.urls, diagnostics);
        plan.timeout = upstream.timeout.value;
        plan.connect_timeout = upstream.connect_timeout.value;
        plan.max_connections = static_cast<std::uint32_t>(upstream.max_connections.value);
        plan.max_body = upstream.max_body.value;
        plan.forward = compile_forward(upstream.forward, diagnostics);
        compiled.push_back(std::move(plan));
    }
    return compiled;
}

UpstreamNames::UpstreamNames(const std::vector<WrittenUpstream>& upstreams)
    : upstreams_{upstreams} {
    for (std::size_t i = 0; i < upstreams.size(); ++i) {
        indices_.emplace(upstreams[i].name.value, static_cast<UpstreamIndex>(i));
    }
}

UpstreamIndex UpstreamNames::find(const Written<std::string>& name, Diagnostics& diagnostics)
    const {
    const auto found = indices_.find(name.value);
    if (found != indices_.end()) return found->second;
    if (name.value.empty()) return 0;  // reported when it was read
    std::vector<std::string_view> known;
    for (const WrittenUpstream& upstream : upstreams_) known.push_back(upstream.name.value);
    diagnostics.error(
        name.at, "unknown upstream " + in_quotes(name.value) + did_you_mean(name.value, known)
    );
    return 0;
}

}  // namespace weft
