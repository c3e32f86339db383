#include "plan/dependencies.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace weft {
namespace {

// Steps that wait for nothing that waits for ever are taken away; what stays is fed by a cycle or
// is on one.
std::vector<bool> stuck_steps(const std::vector<Step>& steps) {
    std::vector<std::vector<StepIndex>> fed(steps.size());
    std::vector<std::size_t> waits_for(steps.size());
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (const StepIndex feeder : steps[i].feeds)
            fed[feeder].push_back(static_cast<StepIndex>(i));
        waits_for[i] = steps[i].feeds.size();
        if (waits_for[i] == 0) ready.push_back(i);
    }
    std::vector<bool> stuck(steps.size(), true);
    while (!ready.empty()) {
        const std::size_t step = ready.back();
        ready.pop_back();
        stuck[step] = false;
        for (const StepIndex reader : fed[step]) {
            if (--waits_for[reader] == 0) ready.push_back(reader);
        }
    }
    return stuck;
}

std::optional<StepIndex> stuck_feeder(const Step& step, const std::vector<bool>& stuck) {
    const auto found = std::ranges::find_if(step.feeds, [&stuck](StepIndex i) { return stuck[i]; });
    if (found == step.feeds.end()) return std::nullopt;
    return *found;
}

}  // namespace

std::vector<std::vector<StepIndex>> find_cycles(const std::vector<Step>& steps) {
    std::vector<std::vector<StepIndex>> cycles;
    std::vector<bool> stuck = stuck_steps(steps);
    for (std::size_t first = 0; first < steps.size(); ++first) {
        std::vector<StepIndex> way;
        // A walk from feeder to feeder ends on a cycle, or where an earlier cycle was cut out.
        for (std::optional<StepIndex> at = static_cast<StepIndex>(first); at && stuck[*at];) {
            const auto again = std::ranges::find(way, *at);
            if (again != way.end()) {
                std::vector<StepIndex> cycle{again, way.end()};
                std::ranges::rotate(cycle, std::ranges::min_element(cycle));
                cycles.push_back(std::move(cycle));
                break;
            }
            way.push_back(*at);
            at = stuck_feeder(steps[*at], stuck);
        }
        for (const StepIndex step : way) stuck[step] = false;
    }
    return cycles;
}

}  // namespace weft
