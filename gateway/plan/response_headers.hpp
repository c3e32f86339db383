// `response.headers`, compiled.
#pragma once

#include <vector>

#include "config/written.hpp"
#include "plan/resolver.hpp"

namespace weft {

// The headers that are right; errors for the others.
std::vector<HeaderTemplate> compile_response_headers(
    const std::vector<NamedText>& headers, Resolver& resolver
);

}  // namespace weft
