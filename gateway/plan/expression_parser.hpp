// From a scalar's text to its syntax: literals and paths. No name is looked up.
#pragma once

#include <string_view>

#include "plan/expression_syntax.hpp"
#include "plan/text_fault.hpp"

namespace weft {

// Linear in the text. `$${` is a literal `${`. What belongs to a later version of the language is
// recognised and said.
OrFault<TextSyntax> parse_text(std::string_view scalar);

}  // namespace weft
