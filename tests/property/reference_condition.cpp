// `when`, in the reference composer (RFC 9535 section 2.3.5.2.2).
#include <algorithm>

#include "property/reference_values.hpp"

namespace weft::property {
namespace {

// Whatever the order of members.
bool is_same(const Json& a, const Json& b) {
    return nlohmann::json::parse(a.dump()) == nlohmann::json::parse(b.dump());
}

bool is_less(const Json& a, const Json& b) {
    return ((a.is_number() && b.is_number()) || (a.is_string() && b.is_string())) && a < b;
}

bool compare(const std::string& kind, const Json& a, const Json& b) {
    if (kind == "==") return is_same(a, b);
    if (kind == "!=") return !is_same(a, b);
    if (kind == "<") return is_less(a, b);
    if (kind == "<=") return is_less(a, b) || is_same(a, b);
    if (kind == ">") return is_less(b, a);
    if (kind == ">=") return is_less(b, a) || is_same(a, b);
    if (!b.is_array()) return false;
    return std::ranges::any_of(b, [&](const Json& element) { return is_same(a, element); });
}

// Nothing more is looked at behind what is refused.
class Decider {
  public:
    explicit Decider(const ModelScope& scope) : scope_{scope} { scope_.decides = true; }

    std::variant<bool, ModelValue> decide(const ModelCondition& condition) {
        const bool decision = is_true(condition);
        if (refused_) return *refused_;
        return decision;
    }

  private:
    bool is_true(const ModelCondition& condition) { return value(condition) == Json(true); }

    Json value(const ModelCondition& condition) {
        if (condition.kind == "literal") return condition.literal;
        if (condition.kind == "value") return of_expression(condition.value);
        const auto holds = [this](const ModelCondition& operand) { return is_true(operand); };
        if (condition.kind == "&&") return std::ranges::all_of(condition.operands, holds);
        if (condition.kind == "||") return std::ranges::any_of(condition.operands, holds);
        if (condition.kind == "!") return !is_true(condition.operands.front());
        const Json left = value(condition.operands[0]);
        return compare(condition.kind, left, value(condition.operands[1]));
    }

    Json of_expression(const ModelExpression& expression) {
        ModelValue value = value_of(expression, scope_);
        if (value.kind == ModelValue::Kind::refused && !refused_) {
            if (value.by == nullptr) value.by = &expression;
            refused_ = value;
        }
        return value.is_json() ? value.json : Json{};
    }

    ModelScope scope_;
    std::optional<ModelValue> refused_;
};

}  // namespace

std::variant<bool, ModelValue> holds(const ModelCondition& condition, const ModelScope& scope) {
    return Decider{scope}.decide(condition);
}

}  // namespace weft::property
