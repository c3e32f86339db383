#include "app/generation.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace weft {

namespace {

// So many requests in work of one route do no harm, whatever their latency.
constexpr std::size_t harmless = 128;

AdaptiveLimit::Bounds load_bounds(const ServedConfiguration& configuration) {
    const std::size_t most = in_flight_of_worker(configuration);
    const bool adaptive = configuration.snapshot->limits.adaptive;
    return {adaptive ? std::min(harmless, most) : most, most};
}

}  // namespace

std::size_t in_flight_of_worker(const ServedConfiguration& configuration) {
    return std::max<std::size_t>(
        configuration.snapshot->limits.in_flight / configuration.workers, 1
    );
}

Generation::Generation(
    std::shared_ptr<const ServedConfiguration> configuration,
    const Generation* before,
    WorkerPlace place
)
    : configuration_{std::move(configuration)} {
    take_upstreams(before, place);
    take_loads(before);
}

void Generation::take_upstreams(const Generation* before, WorkerPlace place) {
    std::unordered_map<std::string_view, std::shared_ptr<Upstream>> running;
    if (before != nullptr) {
        for (const auto& upstream : before->upstreams_)
            running.emplace(upstream->settings().name, upstream);
    }
    for (const UpstreamSettings& settings : configuration_->upstreams) {
        const auto found = running.find(settings.name);
        if (found != running.end() && found->second->settings() == settings) {
            upstreams_.push_back(found->second);
        } else {
            const auto gauges = configuration_->upstream_gauges->of(place.worker, settings.name);
            upstreams_.push_back(
                std::make_shared<Upstream>(place.executor, place.timers, settings, gauges)
            );
        }
    }
}

Generation::Generation(
    std::shared_ptr<const ServedConfiguration> configuration,
    std::vector<std::shared_ptr<Upstream>> upstreams
)
    : configuration_{std::move(configuration)}, upstreams_{std::move(upstreams)} {
    take_loads(nullptr);
}

void Generation::take_loads(const Generation* before) {
    const auto bounds = load_bounds(*configuration_);
    std::unordered_map<std::string_view, std::shared_ptr<RouteLoad>> running;
    if (before != nullptr) {
        for (std::size_t i = 0; i < before->loads_.size(); ++i)
            running.emplace(before->snapshot().plans[i].name, before->loads_[i]);
    }
    for (const Plan& plan : snapshot().plans) {
        const auto found = running.find(plan.name);
        if (found != running.end() && found->second->bounds() == bounds) {
            loads_.push_back(found->second);
        } else {
            loads_.push_back(std::make_shared<RouteLoad>(bounds));
        }
    }
}

void Generation::retire(const Generation& next) const {
    const std::unordered_set<std::shared_ptr<Upstream>> kept{
        next.upstreams_.begin(), next.upstreams_.end()};
    for (const auto& upstream : upstreams_) {
        if (!kept.contains(upstream)) upstream->drain();
    }
}

}  // namespace weft
