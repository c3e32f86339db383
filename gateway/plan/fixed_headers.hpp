// The `headers` of an upstream: the same for every call.
#pragma once

#include <vector>

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "http/fields.hpp"

namespace weft {

// The headers that are right; errors for the others.
std::vector<OwnedField> compile_fixed_headers(
    const std::vector<NamedText>& written, Diagnostics& diagnostics
);

}  // namespace weft
