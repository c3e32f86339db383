// Reads the tokens of a condition, with the precedence of C and of RFC 9535: `!` binds most, then
// comparisons and `in`, then `&&`, then `||`.
#pragma once

#include "plan/expression_syntax.hpp"
#include "plan/token_stream.hpp"

namespace weft {

// After a fault of the stream what is returned is not to be used.
ConditionSyntax read_condition(TokenStream& tokens);

}  // namespace weft
