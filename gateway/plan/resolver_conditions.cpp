// The part of the resolver that knows `when`.
#include <utility>

#include "plan/resolver.hpp"

namespace weft {

std::optional<Condition> Resolver::resolve(const ConditionSyntax& written, const Use& use) {
    auto condition = resolve_operand(written, use);
    if (!condition || !check_logical(*condition, written, use)) return std::nullopt;
    return condition;
}

std::optional<Condition> Resolver::resolve_operand(const ConditionSyntax& written, const Use& use) {
    Condition condition;
    condition.kind = written.kind;
    if (written.kind == Operator::literal) {
        condition.literal = written.literal.json;
        return condition;
    }
    if (written.kind == Operator::value) {
        Use value = use;
        value.place = Place::value;
        condition.operand = resolve(*written.operand, value);
        if (!condition.operand) return std::nullopt;
        return condition;
    }
    const bool is_logical = written.kind == Operator::conjunction ||
                            written.kind == Operator::disjunction ||
                            written.kind == Operator::negation;
    for (const ConditionSyntax& operand : written.operands) {
        auto resolved = is_logical ? resolve(operand, use) : resolve_operand(operand, use);
        if (resolved) condition.operands.push_back(*std::move(resolved));
    }
    if (condition.operands.size() != written.operands.size()) return std::nullopt;
    if (written.kind == Operator::in && !check_container(condition, written, use)) {
        return std::nullopt;
    }
    return condition;
}

ValueType Resolver::type_of(const Condition& condition) const {
    if (condition.kind == Operator::value) return type_of(*condition.operand);
    if (condition.kind != Operator::literal) return ValueType::boolean;
    switch (json_type(condition.literal.front())) {
        case JsonType::string:
            return ValueType::text;
        case JsonType::number:
            return ValueType::number;
        case JsonType::boolean:
            return ValueType::boolean;
        default:
            return ValueType::any;
    }
}

bool Resolver::check_logical(
    const Condition& condition, const ConditionSyntax& written, const Use& use
) {
    const ValueType type = type_of(condition);
    if (type == ValueType::any || type == ValueType::boolean) return true;
    const std::string what{name_of(type)};
    fail(use, written.offset, "this is " + what + ", and only true is true: compare it");
    return false;
}

bool Resolver::check_container(
    const Condition& condition, const ConditionSyntax& written, const Use& use
) {
    const ValueType type = type_of(condition.operands[1]);
    const bool is_literal = condition.operands[1].kind == Operator::literal;
    if (!is_literal && (type == ValueType::any || type == ValueType::list)) return true;
    const std::string what{is_literal ? "a literal" : name_of(type)};
    fail(use, written.operands[1].offset, "\"in\" needs a list, and this is " + what);
    return false;
}

}  // namespace weft
