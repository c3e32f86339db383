#include "app/refresh.hpp"

#include <algorithm>
#include <exception>

namespace weft {
namespace {

bool is_name(const EndpointPlan& endpoint) {
    error_code error;
    asio::ip::make_address(endpoint.host, error);
    return error.failed();
}

bool is_named(const UpstreamPlan& upstream) {
    return std::ranges::any_of(upstream.endpoints, is_name);
}

Result<std::vector<UpstreamEndpoint>> endpoints_now(
    const UpstreamPlan& plan, const ResolveName& resolve_name
) {
    std::vector<UpstreamEndpoint> endpoints;
    for (std::size_t i = 0; i < plan.endpoints.size(); ++i) {
        const EndpointPlan& endpoint = plan.endpoints[i];
        const auto addresses = resolve_name(endpoint.host, endpoint.port);
        if (addresses.has_error()) return addresses.error();
        for (const auto& address : *addresses)
            endpoints.push_back({address, endpoint.authority, i});
    }
    return endpoints;
}

void refresh(const ServedConfiguration& running, const ResolveName& resolve_name, Reread& reread) {
    auto fresh = std::make_shared<ServedConfiguration>(running);
    bool changed = false;
    for (std::size_t i = 0; i < running.upstreams.size(); ++i) {
        const UpstreamPlan& plan = running.snapshot->upstreams[i];
        if (!is_named(plan)) continue;
        auto endpoints = endpoints_now(plan, resolve_name);
        auto& served = fresh->upstreams[i].endpoints;
        if (endpoints.has_error()) {
            reread.warnings.push_back(
                "upstream \"" + plan.name + "\": the name does not resolve: " +
                std::string{endpoints.error().detail()} + "; its last addresses stay"
            );
        } else if (!std::ranges::is_permutation(*endpoints, served)) {
            // Name servers give the same addresses in turns: that is no change.
            served = std::move(*endpoints);
            changed = true;
        }
    }
    if (changed) reread.configuration = std::move(fresh);
}

}  // namespace

bool has_names(const Snapshot& snapshot) {
    return std::ranges::any_of(snapshot.upstreams, is_named);
}

Reread refresh_names(const ServedConfiguration& running, const ResolveName& resolve_name) noexcept {
    Reread reread;
    reread.names_only = true;
    try {
        refresh(running, resolve_name, reread);
    } catch (const std::exception& error) {
        reread.warnings.push_back(std::string{"names could not be resolved: "} + error.what());
    }
    return reread;
}

}  // namespace weft
