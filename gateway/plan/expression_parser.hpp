// From a scalar's text to its syntax: literals and expressions. No name is looked up.
#pragma once

#include <string_view>

#include "plan/expression_syntax.hpp"
#include "plan/text_fault.hpp"

namespace weft {

// Linear in the text. `$${` is a literal `${`.
OrFault<TextSyntax> parse_text(std::string_view scalar);

// Of `when`: one `${...}`, in which operators and literals may stand.
OrFault<ConditionSyntax> parse_condition(std::string_view scalar);

}  // namespace weft
