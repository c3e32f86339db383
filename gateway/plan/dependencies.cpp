#include "plan/dependencies.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "plan/schedule.hpp"

namespace weft {
namespace {

// Steps that wait for nothing that waits for ever are taken away; what stays waits for a cycle or
// is on one.
std::vector<bool> stuck_steps(const std::vector<Step>& steps) {
    std::vector<std::vector<StepIndex>> followers(steps.size());
    std::vector<std::size_t> left(steps.size());
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (const StepIndex before : waits_for(steps[i])) {
            followers[before].push_back(static_cast<StepIndex>(i));
            ++left[i];
        }
        if (left[i] == 0) ready.push_back(i);
    }
    std::vector<bool> stuck(steps.size(), true);
    while (!ready.empty()) {
        const std::size_t step = ready.back();
        ready.pop_back();
        stuck[step] = false;
        for (const StepIndex follower : followers[step]) {
            if (--left[follower] == 0) ready.push_back(follower);
        }
    }
    return stuck;
}

std::optional<StepIndex> stuck_before(const Step& step, const std::vector<bool>& stuck) {
    for (const StepIndex before : waits_for(step)) {
        if (stuck[before]) return before;
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::vector<StepIndex>> find_cycles(const std::vector<Step>& steps) {
    std::vector<std::vector<StepIndex>> cycles;
    std::vector<bool> stuck = stuck_steps(steps);
    for (std::size_t first = 0; first < steps.size(); ++first) {
        std::vector<StepIndex> way;
        // A walk from step to step before it ends on a cycle, or where an earlier cycle was cut
        // out.
        for (std::optional<StepIndex> at = static_cast<StepIndex>(first); at && stuck[*at];) {
            const auto again = std::ranges::find(way, *at);
            if (again != way.end()) {
                std::vector<StepIndex> cycle{again, way.end()};
                std::rotate(cycle.begin(), std::ranges::min_element(cycle), cycle.end());
                cycles.push_back(std::move(cycle));
                break;
            }
            way.push_back(*at);
            at = stuck_before(steps[*at], stuck);
        }
        for (const StepIndex step : way) stuck[step] = false;
    }
    return cycles;
}

}  // namespace weft
