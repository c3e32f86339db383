// `$each`, `$as` and `$value` as they are written: a map of these keys is no object of the answer.
#pragma once

#include <optional>

#include "config/diagnostics.hpp"
#include "config/written.hpp"

namespace weft {

struct EachSyntax {
    const YamlValue* list = nullptr;  // text
    Written<std::string> name{"item", {}};
    const YamlValue* value = nullptr;
};

// Whether any of the three keys is in the map.
bool is_each(const YamlValue& map) noexcept;

// Nothing, and errors, if it is wrong. The name may be one that something else has.
std::optional<EachSyntax> read_each(const YamlValue& map, Diagnostics& diagnostics);

}  // namespace weft
