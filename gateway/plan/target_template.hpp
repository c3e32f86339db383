// The `path` and `query` of a step or proxy, compiled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/written.hpp"
#include "plan/resolver.hpp"

namespace weft {

struct CompiledPath {
    std::vector<TextTemplate> segments;
    std::optional<Written<std::string>> rest;  // the parameter in a last `{name...}`
};

// Nothing, and errors, if it is wrong.
std::optional<CompiledPath> compile_path(
    const Written<std::string>& path, Use use, Resolver& resolver
);

// The parameters that are right; errors for the others.
std::vector<QueryParameter> compile_query(
    const std::vector<NamedText>& query, Use use, Resolver& resolver
);

}  // namespace weft
