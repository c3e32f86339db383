// JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) of what services send, as far as a plan knows
// it: the members it reads, and those that `select`, `omit` and `rename` leave.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "json/shape.hpp"

namespace weft {

// Of the value at `at` in documents of which `paths` are read. An empty schema if nothing is known.
nlohmann::ordered_json value_schema(const PathSet& paths, PathNodeId at);
// ... of which only what `place` leaves of `shape` is sent.
nlohmann::ordered_json value_schema(
    const PathSet& paths, PathNodeId at, const Shape& shape, ShapeNodeId place
);

// Of a value that `schema` describes, or null.
nlohmann::ordered_json or_null(nlohmann::ordered_json schema);

}  // namespace weft
