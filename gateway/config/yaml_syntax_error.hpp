// Turns yaml-cpp's exceptions into messages that say what to do.
#pragma once

#include "config/source_text.hpp"
#include "config/yaml_scalars.hpp"

namespace YAML {
class Exception;
}

namespace weft {

Mistake syntax_mistake(const YAML::Exception& error, const SourceText& source);

}  // namespace weft
