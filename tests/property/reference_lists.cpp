// Lists, in the reference composer.
#include <algorithm>
#include <iterator>

#include "property/reference_paths.hpp"
#include "property/reference_values.hpp"

namespace weft::property {
namespace {

using Kind = ModelExpression::Kind;
using ListKind = ModelList::Kind;

bool is_every(const ModelSegment& segment) { return std::holds_alternative<Every>(segment); }

ModelList none(const ModelValue& value) {
    if (value.kind == ModelValue::Kind::unavailable) return {ListKind::unavailable};
    if (value.kind == ModelValue::Kind::refused) return {ListKind::refused};
    return {ListKind::absent};
}

bool is_kept_back(const ModelValue& root, const ModelPath& path, const ModelScope& scope) {
    return scope.shaped && root.of != nullptr && is_hidden(*root.of, place_below(root.place, path));
}

void add_values(
    const ModelValue& root, const ModelPath& path, const ModelScope& scope, ModelList& list
) {
    Found found;
    find(root.json, path, found);
    if (found.not_a_list) list.kind = ListKind::not_a_list;
    for (Json& value : found.values) {
        ModelValue item = root;
        item.json = std::move(value);
        item.place = place_below(root.place, path);
        const bool is_scalar = !item.json.is_structured();
        const bool is_left_out =
            scope.shaped && root.of != nullptr && is_scalar && !sends_scalar(*root.of, item.place);
        list.items.push_back(is_left_out ? ModelValue{} : std::move(item));
    }
}

// A path with [*] in one document.
ModelList plural(const ModelValue& root, const ModelPath& path, const ModelScope& scope) {
    if (!root.is_json()) return none(root);
    const ModelPath before{path.begin(), std::ranges::find_if(path, is_every)};
    if (!before.empty()) {
        Found base;
        find(root.json, before, base);
        if (base.values.empty() || is_kept_back(root, before, scope)) return {ListKind::absent};
    }
    if (is_kept_back(root, path, scope)) return {};
    ModelList list;
    add_values(root, path, scope, list);
    return list;
}

ModelList of_all_results(const ModelExpression& expression, const ModelScope& scope) {
    const ModelResult& result = scope.results.at(expression.name);
    if (!result.is_list) return {ListKind::unavailable};
    ModelPath path = expression.path;
    if (!path.empty()) path.erase(path.begin());
    ModelList list;
    for (const std::size_t place : result.places) {
        const ModelPart& part = result.parts[place];
        ModelValue document;
        document.kind = part.has_value ? ModelValue::Kind::json : ModelValue::Kind::unavailable;
        document.json = part.value;
        document.of = &scope.route.step(expression.name);
        if (path.empty()) {
            if (document.is_json()) add_values(document, path, scope, list);
            if (!document.is_json()) list.items.push_back(document);
            list.items.back().part = &part;
        } else if (part.has_value && !is_kept_back(document, path, scope)) {
            add_values(document, path, scope, list);
        }
    }
    return list;
}

// What the path is followed in.
ModelValue root_of(const ModelExpression& expression, const ModelScope& scope) {
    ModelExpression root = expression;
    root.path.clear();
    if (expression.kind == Kind::reference && expression.from == From::step &&
        scope.route.step(expression.name).for_each) {
        root.path.push_back(expression.path.front());
    }
    // What of the whole document is sent says nothing of its parts.
    ModelScope raw = scope;
    raw.shaped = false;
    const ModelValue value = value_of(root, raw);
    const bool of_item = expression.from == From::item || expression.from == From::element;
    return of_item && value.is_missing() ? ModelValue{} : value;
}

ModelList of_value(const ModelValue& value, const ModelScope& scope) {
    if (!value.is_json()) return none(value);
    if (value.json.is_null()) return {};
    if (!value.json.is_array()) return {ListKind::not_a_list};
    ModelList list;
    add_values(value, {Every{}}, scope, list);
    return list;
}

ModelList of_expression(const ModelExpression& expression, const ModelScope& scope) {
    if (is_of_all_results(expression, scope)) return of_all_results(expression, scope);
    if (std::ranges::any_of(expression.path, is_every)) {
        const ModelValue root = root_of(expression, scope);
        const bool chooses = expression.kind == Kind::reference && expression.from == From::step &&
                             scope.route.step(expression.name).for_each.has_value();
        const auto first = expression.path.begin() + (chooses ? 1 : 0);
        return plural(root, {first, expression.path.end()}, scope);
    }
    if (expression.kind == Kind::reference && expression.from == From::items) {
        return {ListKind::list, *scope.items};
    }
    const ModelValue value = value_of(expression, scope);
    if (value.is_text) return {ListKind::list, {value}};  // a query parameter, given once
    return of_value(value, scope);
}

ModelList concat(const ModelExpression& call, const ModelScope& scope) {
    ModelList all;
    for (const ModelExpression& argument : call.arguments) {
        ModelList list = list_of(argument, scope);
        if (list.kind != ListKind::list) return list;
        std::ranges::move(list.items, std::back_inserter(all.items));
        all.by = list.by;
    }
    return all;
}

}  // namespace

ModelList list_of(const ModelExpression& expression, const ModelScope& scope) {
    if (expression.kind == Kind::concat) return concat(expression, scope);
    if (expression.kind == Kind::compact) {
        ModelList list = list_of(expression.arguments.front(), scope);
        std::erase_if(list.items, [](const ModelValue& item) {
            return item.is_missing() || item.kind == ModelValue::Kind::unavailable;
        });
        return list;
    }
    ModelList list = of_expression(expression, scope);
    list.by = &expression;
    for (ModelValue& item : list.items) {
        item.by = &expression;
        if (expression.from == From::query) item.is_text = true;
    }
    const bool is_missing = list.kind == ListKind::absent || list.kind == ListKind::unavailable;
    if (is_missing && (expression.optional || scope.decides)) list = {ListKind::list, {}, list.by};
    return list;
}

}  // namespace weft::property
