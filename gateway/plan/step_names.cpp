#include "plan/step_names.hpp"

#include <algorithm>
#include <array>

#include "config/diagnostics.hpp"

namespace weft {

std::string fault_of_name(std::string_view name, std::string_view owner) {
    constexpr std::array<std::string_view, 15> reserved{
        "request",
        "steps",
        "env",
        "item",
        "items",
        "index",
        "key",
        "true",
        "false",
        "null",
        "in",
        "join",
        "count",
        "concat",
        "compact"};
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view characters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    if (name.empty() || letters.find(name.front()) == std::string_view::npos ||
        name.find_first_not_of(characters) != std::string_view::npos) {
        return in_quotes(name) + " cannot be the name of " + std::string{owner} +
               ": names are like order_lines2";
    }
    if (std::ranges::find(reserved, name) == reserved.end()) return {};
    return in_quotes(name) + " cannot be the name of " + std::string{owner} +
           ": expressions use that word";
}

void check_names_of_items(const std::vector<WrittenStep>& steps, Diagnostics& diagnostics) {
    for (const WrittenStep& step : steps) {
        if (!step.as) continue;
        const std::string& name = step.as->value;
        const std::string fault = name == "item" ? "" : fault_of_name(name, "an item");
        if (!fault.empty()) diagnostics.error(step.as->at, fault);
        if (!step.for_each) {
            diagnostics.error(step.as->at, "\"as\" names the item of for_each, which is missing");
        }
        const bool is_a_step = std::ranges::any_of(steps, [&name](const WrittenStep& other) {
            return other.name.value == name;
        });
        if (is_a_step) {
            diagnostics.error(
                step.as->at, in_quotes(name) + " is the name of a step: items need another"
            );
        }
    }
}

}  // namespace weft
