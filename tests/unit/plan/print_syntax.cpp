#include "unit/plan/print_syntax.hpp"

namespace weft::test {
namespace {

std::string print(const std::vector<Selector>& selectors) {
    std::string printed;
    for (const Selector& selector : selectors) {
        switch (selector.kind) {
            case SelectorKind::name:
                printed += selector.in_brackets ? "['" + selector.name + "']" : "." + selector.name;
                break;
            case SelectorKind::index:
                printed += "[" + std::to_string(selector.index) + "]";
                break;
            case SelectorKind::every:
                printed += "[*]";
                break;
        }
    }
    return printed;
}

}  // namespace

std::string print(const ExpressionSyntax& expression) {
    if (const auto* path = std::get_if<PathSyntax>(&expression.form)) {
        return "<" + path->root + print(path->selectors) + (path->optional ? "?>" : ">");
    }
    if (const auto* found = std::get_if<LookUpSyntax>(&expression.form)) {
        const PathSyntax& path = found->path;
        return "<" + path.root + "[" + print(found->key.at(0)) + "]" + print(path.selectors) +
               (path.optional ? "?>" : ">");
    }
    if (const auto* constant = std::get_if<ConstantSyntax>(&expression.form)) return constant->json;
    const auto& call = std::get<CallSyntax>(expression.form);
    constexpr const char* functions[] = {"join", "count", "concat", "compact"};
    std::string printed = functions[static_cast<int>(call.function)];
    for (const ExpressionSyntax& argument : call.arguments) printed += " " + print(argument);
    return "(" + printed + ")";
}

std::string print(const ConditionSyntax& condition) {
    if (condition.kind == Operator::value) return print(*condition.operand);
    if (condition.kind == Operator::literal) return condition.literal.json;
    constexpr const char* operators[] = {
        "", "", "==", "!=", "<", "<=", ">", ">=", "in", "&&", "||", "!"};
    std::string printed = operators[static_cast<int>(condition.kind)];
    for (const ConditionSyntax& operand : condition.operands) printed += " " + print(operand);
    return "(" + printed + ")";
}

std::string print(const OrFault<ConditionSyntax>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    return print(std::get<ConditionSyntax>(parsed));
}

std::string print(const OrFault<TextSyntax>& parsed) {
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        return std::to_string(fault->offset) + ": " + fault->message;
    }
    std::string printed;
    for (const PieceSyntax& piece : std::get<TextSyntax>(parsed)) {
        const auto* literal = std::get_if<LiteralSyntax>(&piece);
        printed += literal != nullptr ? "|" + literal->text + "|"
                                      : print(std::get<ExpressionSyntax>(piece));
    }
    return printed;
}

std::string repeated(std::string_view part, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += part;
    return text;
}

}  // namespace weft::test
