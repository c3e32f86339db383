// Turns yaml-cpp's exceptions into messages that say what to do.
#pragma once

#include "config/diagnostics.hpp"
#include "config/source_text.hpp"

namespace YAML {
class Exception;
}

namespace weft {

void report_syntax_error(
    const YAML::Exception& error, const SourceText& source, Diagnostics& diagnostics
);

}  // namespace weft
