// What of a value the response may show: the shape of its step, wherever in the step's value it
// stands.
#pragma once

#include "compose/value.hpp"

namespace weft {

// Of the values at the reference, as far as the scope asks for what is sent out.
ShapePlace place_of(const Reference& reference, const Scope& scope);

// The same of another path in the reference's document.
ShapePlace place_of(const Reference& reference, PathId path, const Scope& scope);

// The value with its shape; absent, if nothing of it may be shown.
Value shown(Value value, const ShapePlace& place);

}  // namespace weft
