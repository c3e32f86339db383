#include "plan/step_names.hpp"

#include <algorithm>
#include <array>

#include "config/diagnostics.hpp"

namespace weft {

std::string fault_of_step_name(std::string_view name) {
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
        return in_quotes(name) + " cannot be the name of a step: names are like order_lines2";
    }
    if (std::ranges::find(reserved, name) == reserved.end()) return {};
    return in_quotes(name) + " cannot be the name of a step: expressions use that word";
}

}  // namespace weft
