// `select`, `omit` and `rename` of a step, compiled.
#pragma once

#include "config/diagnostics.hpp"
#include "config/written.hpp"
#include "json/shape.hpp"

namespace weft {

// Without what is wrong, which is reported.
Shape compile_shape(const WrittenStep& written, Diagnostics& diagnostics);

}  // namespace weft
