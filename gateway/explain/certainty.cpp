#include "explain/certainty.hpp"

#include <algorithm>

namespace weft {

// What is not certain takes with it what needs it, until nothing more falls.
std::vector<bool> certain_steps(const ComposePlan& plan) {
    std::vector<bool> certain;
    for (const Step& step : plan.steps) certain.push_back(step.required && !step.when);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < plan.steps.size(); ++i) {
            const bool has_all = std::ranges::all_of(plan.steps[i].needs, [&](StepIndex need) {
                return certain[need] || plan.steps[need].has_fallback;
            });
            if (!certain[i] || has_all) continue;
            certain[i] = false;
            changed = true;
        }
    }
    return certain;
}

}  // namespace weft
