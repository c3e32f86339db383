// Writes a value in its shape: one pass, the source's order and bytes, no DOM.
#pragma once

#include <functional>
#include <string_view>

#include "json/shape.hpp"

namespace weft {

// Takes a part of what is written, one after the other: of the value, of the shape, or of
// something that lasts for ever.
using ShapedPart = std::function<void(std::string_view)>;

// `value` was validated. Where `select` goes on below something that is neither an object nor an
// array, null stands in its place.
void write_shaped(
    std::string_view value, const Shape& shape, ShapeNodeId at, const ShapedPart& write
);

}  // namespace weft
