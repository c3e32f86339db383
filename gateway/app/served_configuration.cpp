#include "app/served_configuration.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "app/upstream_settings.hpp"

namespace weft {
namespace {

// The upstreams that are served at the moment, by name.
class RunningUpstreams {
  public:
    explicit RunningUpstreams(const ServedConfiguration* running) : running_{running} {
        if (running == nullptr) return;
        const auto& upstreams = running->snapshot->upstreams;
        for (std::size_t i = 0; i < upstreams.size(); ++i) indices_.emplace(upstreams[i].name, i);
    }

    // Empty if there is none of that name with the same hosts and ports.
    std::vector<UpstreamEndpoint> endpoints_of(const UpstreamPlan& plan) const {
        const auto found = indices_.find(plan.name);
        if (found == indices_.end()) return {};
        if (running_->snapshot->upstreams[found->second].endpoints != plan.endpoints) return {};
        return running_->upstreams[found->second].endpoints;
    }

  private:
    const ServedConfiguration* running_;
    std::unordered_map<std::string_view, std::size_t> indices_;
};

class Resolver {
  public:
    Resolver(
        Configuration& configuration,
        const ServedConfiguration* running,
        const ResolveName& resolve_name
    )
        : configuration_{configuration}, running_{running}, resolve_name_{resolve_name} {}

    std::vector<UpstreamEndpoint> endpoints(std::size_t upstream);
    bool failed() const noexcept { return failed_; }

  private:
    void tell_unresolved(Position at, const Failure& failure, bool has_last_good);

    Configuration& configuration_;
    RunningUpstreams running_;
    const ResolveName& resolve_name_;
    bool failed_ = false;
};

std::vector<UpstreamEndpoint> Resolver::endpoints(std::size_t upstream) {
    const UpstreamPlan& plan = configuration_.snapshot->upstreams[upstream];
    const WrittenUpstream& written = configuration_.written.upstreams[upstream];
    auto last_good = running_.endpoints_of(plan);
    std::vector<UpstreamEndpoint> endpoints;
    for (std::size_t i = 0; i < plan.endpoints.size(); ++i) {
        const EndpointPlan& endpoint = plan.endpoints[i];
        const auto addresses = resolve_name_(endpoint.host, endpoint.port);
        if (addresses.has_error()) {
            const Position at = written.url ? written.url->at : written.urls[i].at;
            tell_unresolved(at, addresses.error(), !last_good.empty());
            return last_good;
        }
        for (const auto& address : *addresses)
            endpoints.push_back({address, endpoint.authority, i});
    }
    // Name servers give the same addresses in turns: that is no change.
    return std::ranges::is_permutation(endpoints, last_good) ? last_good : endpoints;
}

void Resolver::tell_unresolved(Position at, const Failure& failure, bool has_last_good) {
    auto message = "the name does not resolve: " + std::string{failure.detail()};
    if (has_last_good) {
        configuration_.diagnostics.warning(at, message + "; its last addresses stay");
    } else {
        configuration_.diagnostics.error(at, std::move(message));
        failed_ = true;
    }
}

// Routes that are written alike differ when a default does.
std::uint64_t digest_of(const WrittenRoute& written, const Plan& plan) {
    return (written.digest * 31 + static_cast<std::uint64_t>(plan.timeout.count())) * 31 +
           plan.body_limit;
}

std::shared_ptr<RouteCounters> count_routes(
    const ServedConfiguration& served, const ServedConfiguration* running
) {
    std::vector<std::string> names;
    for (const Plan& plan : served.snapshot->plans) names.push_back(plan.name);
    const auto* const before = running != nullptr ? running->route_counters.get() : nullptr;
    return std::make_shared<RouteCounters>(names, served.workers, before);
}

}  // namespace

std::shared_ptr<const ServedConfiguration> resolve_names(
    Configuration& configuration,
    const ServedConfiguration* running,
    const ResolveName& resolve_name
) {
    const Snapshot& snapshot = *configuration.snapshot;
    auto served = std::make_shared<ServedConfiguration>();
    served->snapshot = configuration.snapshot;
    served->workers = running != nullptr ? running->workers : snapshot.workers;
    Resolver resolver{configuration, running, resolve_name};
    for (std::size_t i = 0; i < snapshot.upstreams.size(); ++i) {
        const UpstreamPlan& plan = snapshot.upstreams[i];
        UpstreamSettings settings = upstream_settings(plan, served->workers);
        settings.endpoints = resolver.endpoints(i);
        served->upstreams.push_back(std::move(settings));
    }
    served->route_counters = count_routes(*served, running);
    const auto* const before = running != nullptr ? running->upstream_gauges.get() : nullptr;
    served->upstream_gauges =
        std::make_shared<const GaugeTable>(served->upstreams, served->workers, before);
    for (std::size_t i = 0; i < snapshot.plans.size(); ++i) {
        const auto digest = digest_of(configuration.written.routes[i], snapshot.plans[i]);
        served->routes.push_back({snapshot.plans[i].name, digest});
    }
    if (resolver.failed()) return nullptr;
    return served;
}

}  // namespace weft
