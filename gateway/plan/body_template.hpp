// The template of a JSON value, compiled.
#pragma once

#include <optional>

#include "config/written.hpp"
#include "plan/resolver.hpp"

namespace weft {

// Nothing, and errors, if anything in it is wrong. A subtree without a reference is one literal;
// only an object at the top stays an object.
std::optional<BodyNode> compile_body(const YamlValue& value, const Use& use, Resolver& resolver);

}  // namespace weft
