#include "compose/inputs.hpp"

#include <algorithm>

#include "http/target.hpp"
#include "plan/percent.hpp"

namespace weft {
std::optional<std::string_view> path_parameter(const RequestInputs& inputs, std::string_view name) {
    for (const PathParameter& parameter : inputs.parameters) {
        if (parameter.name == name) return parameter.value;
    }
    return std::nullopt;
}

std::vector<std::string> query_values(std::string_view query, std::string_view name) {
    std::vector<std::string> values;
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        const std::size_t equals = pair.find('=');
        if (pair.empty() || compare_percent_decoded(pair.substr(0, equals), name) != 0) continue;
        values.push_back(
            equals == std::string_view::npos ? std::string{}
                                             : percent_decode(pair.substr(equals + 1))
        );
    }
    return values;
}

}  // namespace weft
