#include "compose/value.hpp"

#include <utility>

#include "json/text.hpp"

namespace weft {
namespace {

Value absent() { return {}; }
Value unavailable() { return {ValueKind::unavailable, {}, {}, {}}; }
Value json(JsonValue value) { return {ValueKind::json, value, {}, {}}; }
Value text(std::string_view value) { return {ValueKind::text, {}, std::string{value}, {}}; }

Value at(const Reference& reference, const JsonValue& root, const Located& located) {
    if (reference.is_whole_document) return json(root);
    const LocatedValues found = located.at(reference.path);
    return found.empty() ? absent() : json(found.front());
}

Value in_step(const Reference& reference, const Run& run) {
    if (is_all_results(reference, run)) {
        if (!run.statuses[reference.step].has_value) return unavailable();
        return reference.is_whole_document ? Value{ValueKind::list, {}, {}, {}} : absent();
    }
    const Part* part = part_of(reference, run);
    if (part == nullptr) return absent();
    return part->has_value ? at(reference, part->value, part->located) : unavailable();
}

Value in_item(const Reference& reference, const Item* item) {
    if (item == nullptr) return absent();
    if (reference.is_whole_document) return item->value;
    return item->located == nullptr ? absent() : at(reference, item->value.json, *item->located);
}

Value in_query(const Reference& reference, const RequestInputs& inputs) {
    std::vector<std::string> values = query_values(inputs.head->query, reference.name);
    if (values.empty()) return absent();
    if (values.size() == 1) return text(values.front());
    return {ValueKind::list, {}, {}, std::move(values)};
}

Value in_header(const Reference& reference, const RequestInputs& inputs) {
    const auto value = joined_field(inputs.head->fields, reference.name);
    return value ? text(*value) : absent();
}

Value in_path(const Reference& reference, const RequestInputs& inputs) {
    const auto value = path_parameter(inputs, reference.name);
    return value ? text(*value) : absent();
}

Value in_body(const Reference& reference, const Run& run) {
    if (run.inputs.body.empty()) return absent();
    return at(reference, run.request_body.root, run.request_body);
}

}  // namespace

Value resolve(const Reference& reference, const Scope& scope) {
    const RequestInputs& inputs = scope.run.inputs;
    switch (reference.root) {
        case Root::step:
            return in_step(reference, scope.run);
        case Root::item:
            return in_item(reference, scope.item);
        case Root::index:
            return scope.item == nullptr ? absent() : text(std::to_string(scope.item->index));
        case Root::request_path:
            return in_path(reference, inputs);
        case Root::request_query:
            return in_query(reference, inputs);
        case Root::request_header:
            return in_header(reference, inputs);
        case Root::request_body:
            return in_body(reference, scope.run);
        case Root::request_method:
            return text(to_string(inputs.head->method));
        case Root::request_id:
            return text(inputs.id);
        case Root::element:
            return in_item(reference, &scope.elements[reference.level]);
        default:
            return absent();
    }
    return absent();
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
            return std::move(value.text);
        case ValueKind::json:
            return scalar_text(value.json);
        default:
            return std::nullopt;
    }
}

Fault blame(const Reference& reference, const Scope& scope) noexcept {
    const bool of_item = (reference.root == Root::item || reference.root == Root::items) &&
                         scope.step != nullptr && scope.step->for_each;
    const Reference& origin = of_item ? *scope.step->for_each->list.reference() : reference;
    return origin.from_request() ? Fault::client : Fault::upstream;
}

}  // namespace weft
