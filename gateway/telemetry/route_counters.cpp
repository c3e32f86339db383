#include "telemetry/route_counters.hpp"

#include <algorithm>

namespace weft {

RouteCounters::RouteCounters(
    const std::vector<std::string>& routes, std::size_t workers, const RouteCounters* before
) {
    if (before != nullptr) routes_ = before->routes_;
    std::erase_if(routes_, [&](const auto& entry) {
        return !entry.first.empty() && std::ranges::find(routes, entry.first) == routes.end();
    });
    const auto add = [&](const std::string& name) {
        auto& counters = routes_[name];
        if (!counters) counters = std::make_shared<OfRoute>(workers);
    };
    add("");
    std::ranges::for_each(routes, add);
}

void RouteCounters::count(
    std::size_t worker, std::string_view route, std::uint16_t status
) noexcept {
    const auto found = routes_.find(route);
    if (found == routes_.end()) return;
    auto& classes = (*found->second)[worker].classes;
    classes[std::min<std::size_t>(status / 100, classes.size() - 1)].add();
}

std::map<std::string, RouteCounters::Classes> RouteCounters::read() const {
    std::map<std::string, Classes> sums;
    for (const auto& [name, counters] : routes_) {
        Classes& sum = sums[name];
        for (const OfWorker& of_worker : *counters) {
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += of_worker.classes[i].read();
        }
    }
    return sums;
}

}  // namespace weft
