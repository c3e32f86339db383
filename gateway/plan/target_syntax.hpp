// The `path` of a step or a proxy as it is written, cut into segments: names, not indices.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "plan/expression_syntax.hpp"
#include "plan/text_fault.hpp"

namespace weft {

struct TargetSyntax {
    std::vector<TextSyntax>
        segments;  // literals in their encoded form; `{id}` is a path like any other
    std::optional<LiteralSyntax> rest;  // the name in a last `{name...}`
};

OrFault<TargetSyntax> parse_target(std::string_view path);

}  // namespace weft
