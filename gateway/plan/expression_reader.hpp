// Reads the tokens of an expression (ROUTES.md, Expressions) into its syntax.
#pragma once

#include <optional>

#include "plan/expression_syntax.hpp"
#include "plan/token_stream.hpp"

namespace weft {

// A path, a look-up or a function. After a fault of the stream what is returned is not to be used.
ExpressionSyntax read_expression(TokenStream& tokens);

// 'text', 12, true, false or null; nothing, and nothing read, if something else stands there.
std::optional<ConstantSyntax> read_constant(TokenStream& tokens);

}  // namespace weft
