#include "compose/items.hpp"

#include <algorithm>
#include <utility>

#include "compose/shown.hpp"

namespace weft {
namespace {

// What a plural path is followed in.
struct Document {
    ListKind kind = ListKind::list;  // or there is none
    JsonValue root;
    const Located* located = nullptr;
};

Document document_of(const Found& found) {
    if (found.kind == ValueKind::refused) return {ListKind::refused, {}, nullptr};
    if (found.kind == ValueKind::absent) return {ListKind::absent, {}, nullptr};
    if (found.kind == ValueKind::unavailable) return {ListKind::unavailable, {}, nullptr};
    return {ListKind::list, found.part->value, &found.part->located()};
}

Document document_of(const Reference& list, const Item* item) {
    if (item == nullptr || item->value.is_missing()) return {ListKind::absent, {}, nullptr};
    if (item->value.kind == ValueKind::unavailable) return {ListKind::unavailable, {}, nullptr};
    if (item->located != nullptr) return {ListKind::list, item->value.json, item->located};
    // Text of the request: it has no members, nor is it a list itself.
    return {list.base ? ListKind::absent : ListKind::not_a_list, {}, nullptr};
}

Document document_of(const Reference& reference, const Scope& scope) {
    const Run& run = scope.run;
    if (reference.root == Root::item) return document_of(reference, scope.item);
    if (reference.root == Root::element)
        return document_of(reference, &scope.elements[reference.level]);
    if (reference.root == Root::request_body) {
        if (run.inputs.body.empty()) return {ListKind::absent, {}, nullptr};
        return {ListKind::list, run.request_body.root, &run.request_body};
    }
    const Part* part = part_of(reference, run);
    if (part == nullptr) return {ListKind::absent, {}, nullptr};
    if (!part->has_value) return {ListKind::unavailable, {}, nullptr};
    return {ListKind::list, part->value, &part->located()};
}

// False if the visitor has had enough.
bool visit_values(
    const Reference& list, const Located& located, const Scope& scope, const ItemVisitor& visit
) {
    const ShapePlace place = place_of(list, scope);
    if (place.at == shape_nothing) return true;
    for (const JsonValue value : located.at(list.path)) {
        if (!visit(shown(Value::of(value), place))) return false;
    }
    return true;
}

bool is_hidden(const Reference& list, PathId path, const Scope& scope) {
    return place_of(list, path, scope).at == shape_nothing;
}

ListKind visit_plural(
    const Reference& list, const Document& document, const Scope& scope, const ItemVisitor& visit
) {
    if (document.kind != ListKind::list) return document.kind;
    const Located& located = *document.located;
    if (list.base && is_hidden(list, *list.base, scope)) return ListKind::absent;
    if (list.base && located.at(*list.base).empty()) return ListKind::absent;
    if (is_hidden(list, list.path, scope)) return ListKind::list;
    if (located.not_a_list(list.path)) return ListKind::not_a_list;
    visit_values(list, located, scope, visit);
    return ListKind::list;
}

// Whether a result that is asked for a list has something else there.
bool breaks_off(const Reference& list, const StepRun& step, const Scope& scope) {
    if (list.is_whole_document || is_hidden(list, list.path, scope)) return false;
    return std::ranges::any_of(step.parts, [&list](const Part& part) {
        return part.has_value && part.located().not_a_list(list.path);
    });
}

ListKind visit_results(const Reference& list, const Scope& scope, const ItemVisitor& visit) {
    const Run& run = scope.run;
    if (!run.statuses[list.step].has_value) return ListKind::unavailable;
    const StepRun& step = run.steps[list.step];
    if (breaks_off(list, step, scope)) return ListKind::not_a_list;
    for (const std::uint32_t place : step.places) {
        const Part& part = step.parts[place];
        bool goes_on = true;
        if (list.is_whole_document) {
            Value result = part.has_value ? shown(Value::of(part.value), place_of(list, scope))
                                          : Value::unavailable();
            result.result = &part;
            goes_on = visit(std::move(result));
        } else if (part.has_value) {
            goes_on = visit_values(list, part.located(), scope, visit);
        }
        if (!goes_on) break;
    }
    return ListKind::list;
}

// The elements stand where the array stands: a shape's paths cross arrays.
ListKind visit_array(const Value& array, const ItemVisitor& visit) {
    if (array.json.type == JsonType::null) return ListKind::list;
    if (array.json.type != JsonType::array) return ListKind::not_a_list;
    for (const JsonValue& element : JsonElements{array.json.text}) {
        if (!visit(shown(Value::of(element), array.place))) break;
    }
    return ListKind::list;
}

// A query parameter that could be repeated and was given once is a list of one.
ListKind visit_query(const Reference& list, const RequestInputs& inputs, const ItemVisitor& visit) {
    std::vector<std::string> values = query_values(inputs.head->query, list.name);
    if (values.empty()) return ListKind::absent;
    for (std::string& value : values) {
        if (!visit(Value::of_text(std::move(value)))) break;
    }
    return ListKind::list;
}

ListKind visit_batch(std::span<const Value> items, const ItemVisitor& visit) {
    for (const Value& item : items) {
        if (!visit(Value{item})) break;
    }
    return ListKind::list;
}

ListKind visit_value(const Value& value, const ItemVisitor& visit) {
    switch (value.kind) {
        case ValueKind::absent:
            return ListKind::absent;
        case ValueKind::unavailable:
            return ListKind::unavailable;
        case ValueKind::refused:
            return ListKind::refused;
        case ValueKind::json:
            return visit_array(value, visit);
        default:
            return ListKind::not_a_list;
    }
}

ListKind visit_reference(const Reference& list, const Scope& scope, const ItemVisitor& visit) {
    if (is_all_results(list, scope.run)) return visit_results(list, scope, visit);
    if (list.plural) return visit_plural(list, document_of(list, scope), scope, visit);
    if (list.root == Root::request_query) return visit_query(list, scope.run.inputs, visit);
    if (list.root == Root::items) return visit_batch(scope.items, visit);
    return visit_value(resolve(list, scope), visit);
}

ListKind visit_look_up(const Expression& list, const Scope& scope, const ItemVisitor& visit) {
    const auto& asked = std::get<LookUp>(list.form);
    if (!asked.result.plural) return visit_value(resolve(list, scope), visit);
    return visit_plural(asked.result, document_of(find_result(asked, scope)), scope, visit);
}

ListEnd visit_concat(const FunctionCall& call, const Scope& scope, const ItemVisitor& visit) {
    bool goes_on = true;
    const auto noting = [&](Value&& value) { return goes_on = visit(std::move(value)); };
    for (const Expression& list : call.arguments) {
        const ListEnd end = visit_items(list, scope, noting);
        if (end.kind != ListKind::list || !goes_on) return end;
    }
    return {};
}

ListEnd visit_compact(const FunctionCall& call, const Scope& scope, const ItemVisitor& visit) {
    const auto present = [&](Value&& value) {
        const bool is_left_out = value.is_missing() || value.kind == ValueKind::unavailable;
        return is_left_out || visit(std::move(value));
    };
    return visit_items(call.arguments.front(), scope, present);
}

ListEnd visit_any(const Expression& list, const Scope& scope, const ItemVisitor& visit) {
    if (const auto* call = std::get_if<FunctionCall>(&list.form)) {
        return call->function == Function::concat ? visit_concat(*call, scope, visit)
                                                  : visit_compact(*call, scope, visit);
    }
    const Reference* reference = list.reference();
    ListEnd end{ListKind::list, reference};
    end.kind = reference != nullptr ? visit_reference(*reference, scope, visit)
                                    : visit_look_up(list, scope, visit);
    const bool is_missing = end.kind == ListKind::absent || end.kind == ListKind::unavailable;
    if (is_missing && (list.optional || scope.decides)) end.kind = ListKind::list;
    return end;
}

// What it costs to come to a value, in bytes.
constexpr std::uint64_t step_to_a_value = 64;

// Of what visit_any() goes through without visiting it.
std::uint64_t cost_of(const Expression& list, const Scope& scope) {
    const Reference* reference = list.reference();
    if (reference == nullptr || !is_all_results(*reference, scope.run)) return step_to_a_value;
    return step_to_a_value * (1 + scope.run.steps[reference->step].places.size());
}

}  // namespace

ListEnd visit_items(const Expression& list, const Scope& scope, const ItemVisitor& visit) {
    Effort* const effort = scope.effort;
    if (effort == nullptr) return visit_any(list, scope, visit);
    effort->spend(cost_of(list, scope));
    const auto counting = [&](Value&& value) {
        const std::uint64_t size = value.json.text.size() + value.text.size();
        return effort->spend(step_to_a_value + size) && visit(std::move(value));
    };
    return visit_any(list, scope, counting);
}

Value value_of(const ListEnd& end) {
    switch (end.kind) {
        case ListKind::list:
            return Value::list();
        case ListKind::absent: {
            Value value;
            value.by = end.by;
            return value;
        }
        case ListKind::unavailable:
            return Value::unavailable();
        case ListKind::not_a_list:
            return Value::refused(FailureKind::not_a_list, end.by);
        case ListKind::refused:
            break;
    }
    return Value::refused(FailureKind::invalid_value, end.by);
}

}  // namespace weft
