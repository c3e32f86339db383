#include "app/generation.hpp"

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace weft {

Generation::Generation(
    std::shared_ptr<const ServedConfiguration> configuration,
    const Generation* before,
    Executor executor,
    Timers& timers
)
    : configuration_{std::move(configuration)} {
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
            upstreams_.push_back(std::make_shared<Upstream>(executor, timers, settings));
        }
    }
}

Generation::Generation(
    std::shared_ptr<const ServedConfiguration> configuration,
    std::vector<std::shared_ptr<Upstream>> upstreams
)
    : configuration_{std::move(configuration)}, upstreams_{std::move(upstreams)} {}

void Generation::retire(const Generation& next) const {
    const std::unordered_set<std::shared_ptr<Upstream>> kept{
        next.upstreams_.begin(), next.upstreams_.end()};
    for (const auto& upstream : upstreams_) {
        if (!kept.contains(upstream)) upstream->drain();
    }
}

}  // namespace weft
