#include "plan/compile_upstream.hpp"

#include <limits>
#include <string>
#include <utility>

#include "plan/address.hpp"
#include "plan/compile_policies.hpp"
#include "plan/fixed_headers.hpp"
#include "plan/forwarded_headers.hpp"

namespace weft {
namespace {

constexpr std::size_t max_urls = 1'000;

void add_endpoint(
    const Written<std::string>& url, std::vector<EndpointPlan>& endpoints, Diagnostics& diagnostics
) {
    if (url.value.empty()) return;  // reported when it was read
    auto parsed = parse_upstream_url(url.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return diagnostics.error(inside(url.at, fault->offset), fault->message);
    }
    auto& endpoint = std::get<EndpointPlan>(parsed);
    if (std::ranges::count(endpoints, endpoint.authority, &EndpointPlan::authority) > 0) {
        return diagnostics.error(url.at, in_quotes(url.value) + " stands here twice");
    }
    endpoints.push_back(std::move(endpoint));
}

std::vector<EndpointPlan> compile_urls(const WrittenUpstream& written, Diagnostics& diagnostics) {
    const std::string upstream = "upstream " + in_quotes(written.name.value);
    if (!written.url && written.urls.empty()) {
        diagnostics.error(written.name.at, upstream + " needs \"url\" or \"urls\"");
    } else if (written.url && !written.urls.empty()) {
        diagnostics.error(
            written.urls.front().at, upstream + " has \"url\", so it cannot have \"urls\""
        );
    }
    std::vector<EndpointPlan> endpoints;
    if (written.urls.size() > max_urls) {
        diagnostics.error(written.urls[max_urls].at, upstream + " has more than 1000 \"urls\"");
        return endpoints;
    }
    if (written.url) add_endpoint(*written.url, endpoints, diagnostics);
    for (const auto& url : written.urls) add_endpoint(url, endpoints, diagnostics);
    return endpoints;
}

template <class T>
T value_or(const std::optional<Written<T>>& written, T otherwise) {
    return written ? written->value : otherwise;
}

}  // namespace

std::vector<UpstreamPlan> compile_upstreams(
    const WrittenGateway& written, Diagnostics& diagnostics
) {
    constexpr std::size_t most = std::numeric_limits<UpstreamIndex>::max();
    const auto& upstreams = written.upstreams;
    if (upstreams.size() > most) diagnostics.error(upstreams[most].name.at, "too many upstreams");
    std::vector<UpstreamPlan> compiled;
    compiled.reserve(upstreams.size());
    for (const WrittenUpstream& upstream : upstreams) {
        UpstreamPlan plan;
        plan.name = upstream.name.value;
        plan.endpoints = compile_urls(upstream, diagnostics);
        plan.timeout = value_or(upstream.timeout, written.defaults.timeout);
        plan.connect_timeout = value_or(upstream.connect_timeout, written.defaults.connect_timeout);
        plan.max_connections = static_cast<std::uint32_t>(upstream.max_connections.value);
        plan.max_body = value_or(upstream.max_body, written.defaults.max_body);
        plan.forward = compile_forward(upstream.forward, diagnostics);
        plan.headers = compile_fixed_headers(upstream.headers, diagnostics);
        compile_policies(upstream, plan, diagnostics);
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
