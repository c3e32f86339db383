#include "compose/value.hpp"

#include <algorithm>
#include <utility>

#include "compose/functions.hpp"
#include "compose/shown.hpp"
#include "json/text.hpp"

namespace weft {
namespace {

constexpr JsonValue json_true{JsonType::boolean, "true"};
constexpr JsonValue json_false{JsonType::boolean, "false"};

Value at(const Reference& reference, const JsonValue& root, const Located& located) {
    if (reference.is_whole_document) return Value::of(root);
    const LocatedValues found = located.at(reference.path);
    return found.empty() ? Value{} : Value::of(found.front());
}

Value in_part(const Reference& reference, const Part* part, const Scope& scope) {
    if (part == nullptr) return {};
    if (!part->has_value) return Value::unavailable();
    const ShapePlace place = place_of(reference, scope);
    if (place.at == shape_everything) return at(reference, part->value, part->located());
    return shown(at(reference, part->value, part->located()), place);
}

Value in_step(const Reference& reference, const Scope& scope) {
    const Run& run = scope.run;
    if (!is_all_results(reference, run)) return in_part(reference, part_of(reference, run), scope);
    if (!run.statuses[reference.step].has_value) return Value::unavailable();
    return Value::list();
}

Value in_item(const Reference& reference, const Item* item) {
    if (item == nullptr) return {};
    const bool has_none = item->value.kind == ValueKind::unavailable;
    if (reference.is_whole_document || has_none) return item->value;
    return item->located == nullptr ? Value{} : at(reference, item->value.json, *item->located);
}

Value in_query(const Reference& reference, const RequestInputs& inputs) {
    std::vector<std::string> values = query_values(inputs.head->query, reference.name);
    if (values.empty()) return {};
    return values.size() == 1 ? Value::of_text(std::move(values.front())) : Value::list();
}

template <class Text>
Value text_or_absent(const std::optional<Text>& text) {
    return text ? Value::of_text(std::string{*text}) : Value{};
}

Value in_body(const Reference& reference, const Run& run) {
    if (run.inputs.body.empty()) return {};
    return at(reference, run.request_body.root, run.request_body);
}

// Of how a step ended, whether or not it has a value.
Value in_end(const Reference& reference, const Run& run) {
    const Part& part = run.steps[reference.step].whole;
    if (reference.root == Root::step_ok) {
        return Value::of(part.state == PartState::succeeded ? json_true : json_false);
    }
    if (reference.root == Root::step_status) {
        return part.status == 0 ? Value{} : Value::of_number(part.status);
    }
    Fields fields;
    for (const OwnedField& field : part.fields) fields.push_back({field.name(), field.value()});
    return text_or_absent(joined_field(fields, reference.name));
}

Value in_look_up(const LookUp& asked, const Scope& scope) {
    const Found found = find_result(asked, scope);
    switch (found.kind) {
        case ValueKind::json:
            return in_part(asked.result, found.part, scope);
        case ValueKind::unavailable:
            return Value::unavailable();
        case ValueKind::refused:
            return Value::refused(FailureKind::invalid_value, asked.key.front().reference());
        default:
            return {};
    }
}

bool from_request(const Expression& expression, const Scope& scope) noexcept;

// An item is what its list is.
bool from_request(const Reference& reference, const Scope& scope) noexcept {
    const bool of_list = reference.root == Root::item || reference.root == Root::items;
    if (!of_list) return reference.from_request();
    return scope.step != nullptr && scope.step->for_each &&
           from_request(scope.step->for_each->list, scope);
}

bool from_request(const Expression& expression, const Scope& scope) noexcept {
    if (const Reference* reference = expression.reference()) {
        return from_request(*reference, scope);
    }
    const auto* call = std::get_if<FunctionCall>(&expression.form);
    return call != nullptr && std::ranges::all_of(call->arguments, [&](const Expression& list) {
               return from_request(list, scope);
           });
}

}  // namespace

Value resolve(const Expression& expression, const Scope& scope) {
    if (const Reference* reference = expression.reference()) return resolve(*reference, scope);
    if (const auto* call = std::get_if<FunctionCall>(&expression.form)) {
        return evaluate(*call, scope);
    }
    return in_look_up(std::get<LookUp>(expression.form), scope);
}

Value resolve(const Reference& reference, const Scope& scope) {
    const RequestInputs& inputs = scope.run.inputs;
    switch (reference.root) {
        case Root::step:
            return in_step(reference, scope);
        case Root::item:
            return in_item(reference, scope.item);
        case Root::index:
            return scope.item == nullptr ? Value{} : Value::of_number(scope.item->index);
        case Root::request_path:
            return text_or_absent(path_parameter(inputs, reference.name));
        case Root::request_query:
            if (scope.effort != nullptr) scope.effort->spend(inputs.head->query.size());
            return in_query(reference, inputs);
        case Root::request_header:
            return text_or_absent(joined_field(inputs.head->fields, reference.name));
        case Root::request_body:
            return in_body(reference, scope.run);
        case Root::request_method:
            return Value::of_text(std::string{to_string(inputs.head->method)});
        case Root::request_id:
            return Value::of_text(inputs.id);
        case Root::step_status:
        case Root::step_header:
        case Root::step_ok:
            return in_end(reference, scope.run);
        case Root::items:
            return Value::list();
        case Root::element:
            return shown(
                in_item(reference, &scope.elements[reference.level]), place_of(reference, scope)
            );
    }
    return {};
}

Found find_result(const LookUp& asked, const Scope& scope) {
    // The key itself is not sent.
    Scope raw = scope;
    raw.view = View::raw;
    Value key = resolve(asked.key.front(), raw);
    if (key.kind == ValueKind::unavailable) return {ValueKind::unavailable, nullptr};
    if (key.is_missing()) return {};
    const std::optional<std::string> text = text_of(std::move(key));
    if (!text) return {ValueKind::refused, nullptr};
    const StepIndex index = asked.result.step;
    const StepRun& step = scope.run.steps[index];
    if (!scope.run.statuses[index].has_value) return {ValueKind::unavailable, &step.whole};
    const Part* part = look_up(step, *text);
    if (part == nullptr) return {};
    return {part->has_value ? ValueKind::json : ValueKind::unavailable, part};
}

bool is_all_results(const Reference& reference, const Run& run) noexcept {
    return reference.root == Root::step && reference.selection != ResultSelection::one &&
           run.step(reference.step).for_each.has_value();
}

const Part* part_of(const Reference& reference, const Run& run) noexcept {
    if (reference.root != Root::step) return nullptr;
    const StepRun& step = run.steps[reference.step];
    // A list that failed or was skipped as a whole has no results to choose from.
    if (!run.step(reference.step).for_each || !run.statuses[reference.step].has_value) {
        return &step.whole;
    }
    if (reference.selection != ResultSelection::one) return nullptr;
    if (reference.selected >= step.places.size()) return nullptr;
    return &step.parts[step.places[reference.selected]];
}

std::optional<std::string> text_of(Value value) {
    switch (value.kind) {
        case ValueKind::text:
        case ValueKind::number:
            return std::move(value.text);
        case ValueKind::json:
            return scalar_text(value.json);
        default:
            return std::nullopt;
    }
}

std::optional<std::string_view> text_in(const Value& value) noexcept {
    switch (value.kind) {
        case ValueKind::text:
        case ValueKind::number:
            return value.text;
        case ValueKind::json:
            return plain_scalar_text(value.json);
        default:
            return std::nullopt;
    }
}

Fault blame(const Expression& expression, const Reference* by, const Scope& scope) noexcept {
    const bool is_client =
        by != nullptr ? from_request(*by, scope) : from_request(expression, scope);
    return is_client ? Fault::client : Fault::upstream;
}

}  // namespace weft
