// Every `${...}` of a step or of a template, wherever it stands.
#pragma once

#include <functional>

#include "plan/plan.hpp"

namespace weft {

using ExpressionVisitor = std::function<void(const Expression&)>;
using ReferenceVisitor = std::function<void(const Reference&)>;

// Of its loop, target, headers, body and batch, in this order; not of `when`.
void visit_expressions(const Step& step, const ExpressionVisitor& visit);
void visit_expressions(const BodyNode& node, const ExpressionVisitor& visit);
void visit_expressions(const TextTemplate& text, const ExpressionVisitor& visit);
void visit_expressions(const Condition& condition, const ExpressionVisitor& visit);

// The expression itself, or what its function or look-up reads.
void visit_references(const Expression& expression, const ReferenceVisitor& visit);

}  // namespace weft
