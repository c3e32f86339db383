// `select`, `omit` and `rename` (ROUTES.md, Exact rules) on a tree, word by word.
#pragma once

#include <string>
#include <string_view>

#include "fuzz/grammar/json.hpp"
#include "unit/json/shape_keys.hpp"

namespace weft::fuzz {

// Without what a route file must not hold: contradictions and repetitions are left out.
ShapeKeys read_keys(std::string_view line);

// The same document without white space, names and texts as they are spelt.
std::string compact(const grammar::JsonNode& node);

// What of `root` is sent, compact.
std::string shaped_slowly(const grammar::JsonNode& root, const ShapeKeys& keys);

}  // namespace weft::fuzz
