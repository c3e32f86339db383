// The syntax of expressions as text, for tables: paths in < >, functions and operators before what
// they are applied to, literals between bars.
#pragma once

#include <string>
#include <string_view>

#include "plan/expression_parser.hpp"

namespace weft::test {

std::string print(const ExpressionSyntax& expression);
std::string print(const ConditionSyntax& condition);
// Or the fault, with its offset.
std::string print(const OrFault<TextSyntax>& parsed);
std::string print(const OrFault<ConditionSyntax>& parsed);

std::string repeated(std::string_view part, int times);

}  // namespace weft::test
