// Text with references in it, compiled.
#pragma once

#include <optional>
#include <string>

#include "plan/expression_syntax.hpp"
#include "plan/resolver.hpp"

namespace weft {

// Nothing, and errors, if any reference is wrong. Neighbouring literals become one.
std::optional<TextTemplate> resolve_text(
    const TextSyntax& text, const Use& use, Resolver& resolver
);

// `scalar` is a query parameter, a header or the like; `use.start` is taken from it.
std::optional<TextTemplate> compile_text(
    const Written<std::string>& scalar, Use use, Resolver& resolver
);

}  // namespace weft
