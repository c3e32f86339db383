#include "compose/run.hpp"

#include <algorithm>

namespace weft {

const Located& Part::located() const noexcept {
    static const Located nothing;
    return members ? *members : nothing;
}

bool is_complete(const Run& run) noexcept {
    return std::ranges::none_of(run.steps, [](const StepRun& step) {
        return step.whole.failure.has_value() ||
               std::ranges::any_of(step.parts, [](const Part& part) {
                   return part.failure.has_value();
               });
    });
}

}  // namespace weft
