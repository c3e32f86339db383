#include "property/reference_values.hpp"

#include <algorithm>

#include "property/reference_paths.hpp"

namespace weft::property {
namespace {

using Kind = ModelExpression::Kind;

ModelValue of_kind(ModelValue::Kind kind) {
    ModelValue value;
    value.kind = kind;
    return value;
}

ModelValue json(Json value) {
    ModelValue made = of_kind(ModelValue::Kind::json);
    made.json = std::move(value);
    return made;
}

ModelValue absent() { return {}; }
ModelValue unavailable() { return of_kind(ModelValue::Kind::unavailable); }

ModelValue refused(std::string code) {
    ModelValue made = of_kind(ModelValue::Kind::refused);
    made.code = std::move(code);
    return made;
}

ModelList none(ModelList::Kind kind) {
    ModelList list;
    list.kind = kind;
    return list;
}

ModelValue value_at(const Json& root, const std::vector<ModelSegment>& path) {
    Found found;
    find(root, path, found);
    return found.values.empty() ? absent() : json(found.values.front());
}

Json sent(const Json& value, const std::string& step, const ModelScope& scope) {
    return scope.shaped ? shaped(value, scope.route.step(step), "") : value;
}

std::vector<ModelSegment> behind_first(const std::vector<ModelSegment>& path) {
    return {path.begin() + 1, path.end()};
}

ModelValue all_results(
    const ModelResult& result, const std::string& step, const ModelScope& scope
) {
    Json array = Json::array();
    for (const std::size_t place : result.places) {
        array.push_back(sent(result.parts[place].value, step, scope));
    }
    return json(std::move(array));
}

ModelValue of_step(const ModelExpression& expression, const ModelScope& scope) {
    const ModelResult& result = scope.results.at(expression.name);
    const bool is_loop = scope.route.step(expression.name).for_each.has_value();
    if (is_loop && !result.is_list) return unavailable();
    if (is_loop && expression.path.empty()) return all_results(result, expression.name, scope);
    const ModelPart* part = part_of(expression, scope);
    if (part == nullptr) return absent();
    if (!part->has_value) return unavailable();
    const auto path = is_loop ? behind_first(expression.path) : expression.path;
    return value_at(sent(part->value, expression.name, scope), path);
}

ModelValue of_query(const std::string& name, const ModelRequest& request) {
    const auto found = request.query.find(name);
    if (found == request.query.end()) return absent();
    if (found->second.size() == 1) return json(found->second.front());
    return json(Json(found->second));
}

ModelValue of_reference(const ModelExpression& expression, const ModelScope& scope) {
    switch (expression.from) {
        case From::step:
            return of_step(expression, scope);
        case From::status: {
            const int status = scope.results.at(expression.name).whole.status;
            return status == 0 ? absent() : json(status);
        }
        case From::ok:
            return json(scope.results.at(expression.name).whole.succeeded);
        case From::item:
            return scope.item->is_json() ? value_at(scope.item->json, expression.path)
                                         : *scope.item;
        case From::path:
            return json(scope.request.id);
        case From::query:
            return of_query(expression.name, scope.request);
        case From::element: {
            const ModelValue& element = scope.elements.at(expression.name);
            return element.is_json() ? value_at(element.json, expression.path) : element;
        }
    }
    return absent();
}

ModelList plural_list(const ModelExpression& expression, const ModelScope& scope) {
    const ModelResult& result = scope.results.at(expression.name);
    const bool is_loop = scope.route.step(expression.name).for_each.has_value();
    ModelList list;
    if (!is_loop) {
        if (!result.whole.has_value) return none(ModelList::Kind::unavailable);
        const auto every = std::ranges::find_if(expression.path, [](const ModelSegment& segment) {
            return std::holds_alternative<Every>(segment);
        });
        Found base;
        find(result.whole.value, {expression.path.begin(), every}, base);
        if (base.values.empty()) return none(ModelList::Kind::absent);
        Found found;
        find(result.whole.value, expression.path, found);
        if (found.not_a_list) return none(ModelList::Kind::not_a_list);
        for (Json& value : found.values) list.items.push_back(json(std::move(value)));
        return list;
    }
    if (!result.is_list) return none(ModelList::Kind::unavailable);
    const auto path = behind_first(expression.path);
    Found found;
    for (const std::size_t place : result.places) {
        const ModelPart& part = result.parts[place];
        if (!part.has_value && path.empty()) list.items.push_back(unavailable());
        if (!part.has_value) continue;
        find(part.value, path, found);
        for (Json& value : found.values) list.items.push_back(json(std::move(value)));
        found.values.clear();
    }
    if (found.not_a_list) return none(ModelList::Kind::not_a_list);
    return list;
}

}  // namespace

bool is_plural(const ModelExpression& expression) {
    return std::ranges::any_of(expression.path, [](const ModelSegment& segment) {
        return std::holds_alternative<Every>(segment);
    });
}

const ModelPart* part_of(const ModelExpression& expression, const ModelScope& scope) {
    if (expression.kind == Kind::reference && expression.from != From::step) return nullptr;
    const auto found = scope.results.find(expression.name);
    if (found == scope.results.end()) return nullptr;
    const ModelResult& result = found->second;
    if (!scope.route.step(expression.name).for_each || !result.is_list) return &result.whole;
    if (expression.kind == Kind::look_up) {
        const ModelValue key = value_of(expression.arguments.front(), scope);
        const auto text = key.is_json() ? text_of(key.json) : std::nullopt;
        const auto at = text ? std::ranges::find(result.texts, *text) : result.texts.end();
        if (at == result.texts.end()) return nullptr;
        return &result.parts[result.places[static_cast<std::size_t>(at - result.texts.begin())]];
    }
    if (expression.path.empty()) return nullptr;
    const auto* index = std::get_if<std::size_t>(&expression.path.front());
    if (index == nullptr || *index >= result.places.size()) return nullptr;
    return &result.parts[result.places[*index]];
}

std::optional<std::string> text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null() || value.is_structured()) return std::nullopt;
    return value.dump();
}

namespace {

ModelValue join(const ModelList& list) {
    std::string joined;
    for (const ModelValue& item : list.items) {
        if (item.kind == ModelValue::Kind::unavailable) return unavailable();
        if (item.is_missing()) return absent();
        const auto text = text_of(item.json);
        if (!text || text->find(',') != std::string::npos) return refused("invalid_value");
        joined += (&item == &list.items.front() ? "" : ",") + *text;
    }
    return json(joined);
}

ModelValue of_function(const ModelExpression& call, const ModelScope& scope) {
    const bool is_list = call.kind == Kind::concat || call.kind == Kind::compact;
    const ModelList list = list_of(is_list ? call : call.arguments.front(), scope);
    ModelValue value;
    if (list.kind == ModelList::Kind::unavailable) {
        value = unavailable();
    } else if (list.kind == ModelList::Kind::not_a_list) {
        value = refused("not_a_list");
    } else if (list.kind == ModelList::Kind::list && call.kind == Kind::count) {
        value = json(list.items.size());
    } else if (list.kind == ModelList::Kind::list && call.kind == Kind::join) {
        value = join(list);
    } else if (list.kind == ModelList::Kind::list) {
        value = json(Json::array());
        for (const ModelValue& item : list.items) value.json.push_back(item.json);
    }
    value.by = list.by;
    return value;
}

}  // namespace

ModelValue value_of(const ModelExpression& expression, const ModelScope& scope) {
    if (expression.kind == Kind::reference) return of_reference(expression, scope);
    if (expression.kind == Kind::look_up) {
        const ModelPart* part = part_of(expression, scope);
        if (part == nullptr) return absent();
        if (!part->has_value) return unavailable();
        return value_at(sent(part->value, expression.name, scope), expression.path);
    }
    return of_function(expression, scope);
}

namespace {

ModelList list_of_reference(const ModelExpression& expression, const ModelScope& scope) {
    using ListKind = ModelList::Kind;
    if (expression.from == From::step && is_plural(expression))
        return plural_list(expression, scope);
    const bool is_results = expression.from == From::step && expression.path.empty() &&
                            scope.route.step(expression.name).for_each.has_value();
    if (is_results) {
        ModelExpression every = expression;
        every.path.emplace_back(Every{});
        return plural_list(every, scope);
    }
    const ModelValue value = value_of(expression, scope);
    if (value.kind == ModelValue::Kind::unavailable) return none(ListKind::unavailable);
    if (!value.is_json()) return none(ListKind::absent);
    if (value.json.is_null()) return {};
    ModelList list;
    if (expression.from == From::query && !value.json.is_array()) {
        list.items.push_back(value);
        return list;
    }
    if (!value.json.is_array()) return none(ListKind::not_a_list);
    for (const Json& element : value.json) list.items.push_back(json(element));
    return list;
}

ModelList concat(const ModelExpression& call, const ModelScope& scope) {
    ModelList all;
    for (const ModelExpression& argument : call.arguments) {
        ModelList list = list_of(argument, scope);
        if (list.kind != ModelList::Kind::list) return list;
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
    ModelList list = list_of_reference(expression, scope);
    list.by = &expression;
    const bool is_missing =
        list.kind == ModelList::Kind::absent || list.kind == ModelList::Kind::unavailable;
    if (is_missing && (expression.optional || scope.decides)) list.kind = ModelList::Kind::list;
    return list;
}

bool holds(const ModelCondition& condition, const ModelScope& scope) {
    const ModelValue value = value_of(condition.left, scope);
    const Json left = value.is_json() ? value.json : Json{};
    const Json& right = condition.right;
    if (condition.operation == "==") return left == right;
    if (condition.operation == "!=") return left != right;
    const bool comparable =
        (left.is_number() && right.is_number()) || (left.is_string() && right.is_string());
    if (condition.operation == "<") return comparable && left < right;
    return comparable && left > right;
}

}  // namespace weft::property
