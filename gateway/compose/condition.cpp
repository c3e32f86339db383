#include "compose/condition.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "compose/items.hpp"
#include "compose/render.hpp"
#include "json/compare.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

constexpr JsonValue json_null{JsonType::null, "null"};

JsonValue json_of(bool value) { return {JsonType::boolean, value ? "true" : "false"}; }

// After the first failure nothing more is looked at.
class Decider {
  public:
    explicit Decider(const Scope& scope) : scope_{scope} { scope_.decides = true; }

    std::variant<bool, Failure> decide(const Condition& condition) {
        const bool decision = holds(condition);
        if (failure_) return *std::move(failure_);
        return decision;
    }

  private:
    bool holds(const Condition& condition) {
        const auto each_holds = [this](const Condition& operand) { return holds(operand); };
        switch (condition.kind) {
            case Operator::conjunction:
                return std::ranges::all_of(condition.operands, each_holds);
            case Operator::disjunction:
                return std::ranges::any_of(condition.operands, each_holds);
            case Operator::negation:
                return !holds(condition.operands.front());
            case Operator::value:
            case Operator::literal:
                return value_of(condition).text == "true";
            default:
                return compare(condition.kind, condition.operands[0], condition.operands[1]);
        }
    }

    bool compare(Operator kind, const Condition& left, const Condition& right) {
        const JsonValue a = value_of(left);
        const JsonValue b = value_of(right);
        switch (kind) {
            case Operator::equal:
                return json_equal(a, b);
            case Operator::not_equal:
                return !json_equal(a, b);
            case Operator::less:
                return json_less(a, b);
            case Operator::less_or_equal:
                return json_less(a, b) || json_equal(a, b);
            case Operator::greater:
                return json_less(b, a);
            case Operator::greater_or_equal:
                return json_less(b, a) || json_equal(a, b);
            default:
                return is_in(a, b);
        }
    }

    static bool is_in(const JsonValue& value, const JsonValue& list) {
        if (list.type != JsonType::array) return false;
        const JsonElements elements{list.text};
        return std::ranges::any_of(elements, [&value](const JsonValue& element) {
            return json_equal(value, element);
        });
    }

    JsonValue value_of(const Condition& operand) {
        if (operand.kind == Operator::literal) {
            return {json_type(operand.literal.front()), operand.literal};
        }
        if (operand.kind != Operator::value) return json_of(holds(operand));
        const Expression& expression = *operand.operand;
        const Value value = resolve(expression, scope_);
        switch (value.kind) {
            case ValueKind::absent:
            case ValueKind::unavailable:
                return json_null;
            case ValueKind::json:
                return value.json;
            case ValueKind::text:
                return kept(json_text(value));
            case ValueKind::number:
                return kept(value.text);
            case ValueKind::list:
                return list_of(expression);
            case ValueKind::refused:
                return fail(value, expression);
        }
        return json_null;
    }

    JsonValue list_of(const Expression& list) {
        std::string json;
        const ListEnd end = visit_items(list, scope_, [&json](const Value& item) {
            json += json.empty() ? '[' : ',';
            json += json_text(item);
            return true;
        });
        if (end.kind != ListKind::list) return fail(weft::value_of(end), list);
        if (json.empty()) json = '[';
        json += ']';
        return kept(std::move(json));
    }

    static std::string json_text(const Value& value) {
        if (value.kind == ValueKind::json) return std::string{value.json.text};
        if (value.kind == ValueKind::number) return value.text;
        if (value.kind != ValueKind::text) return "null";
        std::string json;
        append_json_string(json, value.text);
        return json;
    }

    JsonValue fail(const Value& refused, const Expression& expression) {
        if (!failure_) failure_ = input_failure(refused.why, expression, refused.by, scope_);
        return json_null;
    }

    JsonValue kept(std::string json) {
        const std::string& text = kept_.emplace_back(std::move(json));
        return {json_type(text.front()), text};
    }

    Scope scope_;
    std::deque<std::string> kept_;  // what operands point into
    std::optional<Failure> failure_;
};

}  // namespace

std::variant<bool, Failure> decide(const Condition& condition, const Scope& scope) {
    return Decider{scope}.decide(condition);
}

}  // namespace weft
