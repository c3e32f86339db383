#include "explain/references.hpp"

#include <variant>

namespace weft {
namespace {

void visit_target(const TargetTemplate& target, const ExpressionVisitor& visit) {
    for (const TextTemplate& segment : target.segments) visit_expressions(segment, visit);
    for (const QueryParameter& parameter : target.query) visit_expressions(parameter.value, visit);
}

void visit_headers(const std::vector<HeaderTemplate>& headers, const ExpressionVisitor& visit) {
    for (const HeaderTemplate& header : headers) visit_expressions(header.value, visit);
}

}  // namespace

void visit_expressions(const Step& step, const ExpressionVisitor& visit) {
    if (step.for_each) visit(step.for_each->list);
    visit_target(step.target, visit);
    visit_headers(step.headers, visit);
    if (step.body) visit_expressions(*step.body, visit);
    if (!step.batch) return;
    visit_target(step.batch->target, visit);
    visit_headers(step.batch->headers, visit);
    if (step.batch->body) visit_expressions(*step.batch->body, visit);
}

void visit_expressions(const BodyNode& node, const ExpressionVisitor& visit) {
    if (node.expression) visit(*node.expression);
    if (node.each) visit(node.each->list);
    visit_expressions(node.text, visit);
    for (const BodyNode& child : node.children) visit_expressions(child, visit);
}

void visit_expressions(const TextTemplate& text, const ExpressionVisitor& visit) {
    for (const TextPiece& piece : text) {
        if (const auto* expression = std::get_if<Expression>(&piece)) visit(*expression);
    }
}

void visit_expressions(const Condition& condition, const ExpressionVisitor& visit) {
    if (condition.operand) visit(*condition.operand);
    for (const Condition& operand : condition.operands) visit_expressions(operand, visit);
}

void visit_references(const Expression& expression, const ReferenceVisitor& visit) {
    if (const Reference* reference = expression.reference()) return visit(*reference);
    if (const auto* call = std::get_if<FunctionCall>(&expression.form)) {
        for (const Expression& argument : call->arguments) visit_references(argument, visit);
        return;
    }
    const auto& look_up = std::get<LookUp>(expression.form);
    visit(look_up.result);
    for (const Expression& key : look_up.key) visit_references(key, visit);
}

}  // namespace weft
