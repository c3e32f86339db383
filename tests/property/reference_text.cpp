#include "property/reference_text.hpp"

namespace weft::property {
namespace {

void visit_outermost(const ModelText& text, const SeeExpression& see) {
    for (const auto& piece : text) {
        if (const auto* expression = std::get_if<ModelExpression>(&piece)) see(*expression);
    }
}

void visit_outermost(const ModelNode& node, const SeeExpression& see) {
    using Kind = ModelNode::Kind;
    if (node.kind == Kind::value || node.kind == Kind::each) see(node.value);
    visit_outermost(node.text, see);
    for (const auto& [name, child] : node.children) visit_outermost(child, see);
}

SeeExpression with_arguments(const SeeExpression& see) {
    return [&see](const ModelExpression& expression) { visit(expression, see); };
}

}  // namespace

std::string percent_encoded(const std::string& text) {
    constexpr std::string_view unreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (unreserved.find(c) != std::string_view::npos) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += {'%', hex[byte >> 4], hex[byte & 15]};
        }
    }
    return out;
}

bool is_or_begins(const std::string& path, const std::string& above) {
    return path == above || path.starts_with(above + ".");
}

void visit(const ModelExpression& expression, const SeeExpression& see) {
    see(expression);
    for (const ModelExpression& argument : expression.arguments) visit(argument, see);
}

void visit(const ModelText& text, const SeeExpression& see) {
    visit_outermost(text, with_arguments(see));
}

void visit(const ModelNode& node, const SeeExpression& see) {
    visit_outermost(node, with_arguments(see));
}

void visit(const ModelCondition& condition, const SeeExpression& see) {
    if (condition.kind == "value") visit(condition.value, see);
    for (const ModelCondition& operand : condition.operands) visit(operand, see);
}

void visit_outermost(const ModelCall& call, const SeeExpression& see) {
    for (const ModelText& segment : call.segments) visit_outermost(segment, see);
    for (const auto& [name, text] : call.query) visit_outermost(text, see);
    for (const auto& [name, text] : call.headers) visit_outermost(text, see);
    if (call.body) visit_outermost(*call.body, see);
}

void visit_outermost(const ModelStep& step, const SeeExpression& see) {
    if (step.for_each) see(*step.for_each);
    if (step.call) visit_outermost(*step.call, see);
    if (step.batch) visit_outermost(step.batch->call, see);
}

}  // namespace weft::property
