#include "explain/spelling.hpp"

#include <string_view>
#include <variant>

namespace weft {
namespace {

std::string in_braces(const Expression& expression) { return "${" + expression.text + "}"; }

std::string spell_in_path(const Expression& expression) {
    const Reference* reference = expression.reference();
    const bool is_parameter = reference != nullptr && reference->root == Root::request_path;
    return is_parameter ? "{" + reference->name + "}" : in_braces(expression);
}

std::string_view sign(Operator kind) {
    switch (kind) {
        case Operator::equal:
            return " == ";
        case Operator::not_equal:
            return " != ";
        case Operator::less:
            return " < ";
        case Operator::less_or_equal:
            return " <= ";
        case Operator::greater:
            return " > ";
        case Operator::greater_or_equal:
            return " >= ";
        case Operator::in:
            return " in ";
        case Operator::conjunction:
            return " && ";
        case Operator::disjunction:
            return " || ";
        case Operator::value:
        case Operator::literal:
        case Operator::negation:
            break;
    }
    return "";
}

// Texts are written in single quotes.
std::string spell_literal(const std::string& json) {
    if (!json.starts_with('"')) return json;
    return "'" + json.substr(1, json.size() - 2) + "'";
}

// In parentheses wherever another operator stands around it.
std::string spell_operand(const Condition& operand) {
    const bool is_plain = sign(operand.kind).empty();
    return is_plain ? spell(operand) : "(" + spell(operand) + ")";
}

}  // namespace

std::string spell(const TargetTemplate& target) {
    std::string text;
    for (const TextTemplate& segment : target.segments) {
        text += '/';
        for (const TextPiece& piece : segment) {
            const auto* literal = std::get_if<std::string>(&piece);
            text += literal != nullptr ? *literal : spell_in_path(std::get<Expression>(piece));
        }
    }
    char separator = '?';
    for (const auto& [name, value] : target.query) {
        text += separator + name + '=' + spell(value);
        separator = '&';
    }
    return text;
}

std::string spell(const ProxyPlan& proxy) {
    std::string text = spell(proxy.target);
    if (proxy.rest) text += "/{" + *proxy.rest + "...}";
    return text;
}

std::string spell(const TextTemplate& text) {
    std::string spelt;
    for (const TextPiece& piece : text) {
        const auto* literal = std::get_if<std::string>(&piece);
        spelt += literal != nullptr ? *literal : in_braces(std::get<Expression>(piece));
    }
    return spelt;
}

std::string spell(const Condition& condition) {
    if (condition.kind == Operator::value) return condition.operand->text;
    if (condition.kind == Operator::literal) return spell_literal(condition.literal);
    if (condition.kind == Operator::negation) return "!" + spell_operand(condition.operands[0]);
    std::string text;
    for (const Condition& operand : condition.operands) {
        if (!text.empty()) text += sign(condition.kind);
        text += spell_operand(operand);
    }
    return text;
}

}  // namespace weft
