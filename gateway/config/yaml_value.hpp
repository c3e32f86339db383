// A value whose shape is the operator's own, and texts by name.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "config/diagnostics.hpp"

namespace weft {

enum class YamlKind : std::uint8_t { null, boolean, number, text, list, map };

struct YamlEntry;

// A free-form value (`response.body`, `fallback`), in the order of the file. Scalars keep their
// source text; plain scalars are typed by the YAML 1.2 core schema restricted to what JSON can say,
// quoted ones are text.
struct YamlValue {
    YamlKind kind = YamlKind::null;
    std::string scalar;              // for boolean, number, text
    std::vector<YamlValue> items;    // for list
    std::vector<YamlEntry> members;  // for map
    Position at;
};

struct YamlEntry {
    Written<std::string> name;
    YamlValue value;
};

using NamedText = std::pair<Written<std::string>, Written<std::string>>;

}  // namespace weft
