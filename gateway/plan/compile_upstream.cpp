#include "plan/compile_upstream.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "plan/address.hpp"
#include "plan/header_template.hpp"

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

std::vector<std::string> compile_forward(
    const std::vector<Written<std::string>>& names, Diagnostics& diagnostics
) {
    std::vector<std::string> forward;
    for (const auto& name : names) {
        // The gateway refuses requests with "_" in a name (HTTP.md, Requests).
        const bool is_name =
            is_header_name(name.value) && name.value.find('_') == std::string::npos;
        if (!is_name) {
            diagnostics.error(
                name.at, in_quotes(name.value) + " is not the name of a client's header"
            );
        } else if (is_never_forwarded(name.value)) {
            diagnostics.error(
                name.at, "the header " + in_quotes(name.value) + " is never forwarded"
            );
        }
        std::string lower = name.value;
        std::ranges::transform(lower, lower.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        if (std::ranges::find(forward, lower) == forward.end()) forward.push_back(std::move(lower));
    }
    return forward;
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
