// `body` of a step or of its batch, compiled.
#pragma once

#include <optional>

#include "http/message.hpp"
#include "plan/body_template.hpp"

namespace weft {

// Nothing, and errors, if it is wrong, or if `method` has no body.
std::optional<BodyNode> compile_request_body(
    const YamlValue& body, Method method, const Use& use, Resolver& resolver
);

}  // namespace weft
