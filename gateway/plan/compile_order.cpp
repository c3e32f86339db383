#include "plan/compile_order.hpp"

#include <algorithm>

#include "plan/expression_parser.hpp"

namespace weft {

std::optional<Condition> compile_when(
    const Written<std::string>& written, StepIndex step, Resolver& resolver
) {
    const auto parsed = parse_condition(written.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        resolver.diagnostics().error(inside(written.at, fault->offset), fault->message);
        return std::nullopt;
    }
    const Use use{
        .place = Place::value, .reader = step, .start = written.at, .role = Role::condition};
    return resolver.resolve(std::get<ConditionSyntax>(parsed), use);
}

std::vector<StepIndex> compile_after(
    const std::vector<Written<std::string>>& written, Resolver& resolver
) {
    std::vector<StepIndex> after;
    for (const auto& name : written) {
        if (const auto step = resolver.find_step(name)) after.push_back(*step);
    }
    return after;
}

void simplify_waits(Step& step) {
    std::ranges::sort(step.waits);
    step.waits.erase(std::unique(step.waits.begin(), step.waits.end()), step.waits.end());
    std::erase_if(step.waits, [&step](StepIndex other) {
        return std::ranges::binary_search(step.feeds, other);
    });
}

}  // namespace weft
