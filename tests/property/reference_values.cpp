#include "property/reference_values.hpp"

#include <algorithm>

#include "property/reference_paths.hpp"

namespace weft::property {
namespace {

using Kind = ModelExpression::Kind;

ModelValue json(Json value) {
    ModelValue made;
    made.kind = ModelValue::Kind::json;
    made.json = std::move(value);
    return made;
}

ModelValue text(const std::string& characters) {
    ModelValue made = json(characters);
    made.is_text = true;
    return made;
}

ModelValue absent() { return {}; }

ModelValue unavailable() {
    ModelValue made;
    made.kind = ModelValue::Kind::unavailable;
    return made;
}

ModelValue refused(std::string code, const ModelExpression* by) {
    ModelValue made;
    made.kind = ModelValue::Kind::refused;
    made.code = std::move(code);
    made.by = by;
    return made;
}

bool is_loop(const ModelExpression& expression, const ModelScope& scope) {
    return scope.route.step(expression.name).for_each.has_value();
}

// What is not sent is not there.
ModelValue shown(ModelValue value, const ModelScope& scope) {
    if (!scope.shaped || value.of == nullptr || !value.is_json()) return value;
    if (is_hidden(*value.of, value.place)) return absent();
    const bool is_sent = value.json.is_structured() || sends_scalar(*value.of, value.place);
    return is_sent ? value : absent();
}

ModelValue value_at(ModelValue root, const ModelPath& path, const ModelScope& scope) {
    if (!root.is_json()) return root;
    Found found;
    find(root.json, path, found);
    if (found.values.empty()) return absent();
    root.json = found.values.front();
    root.place = place_below(root.place, path);
    return shown(std::move(root), scope);
}

ModelValue document_of(const ModelPart& part, const ModelExpression& of, const ModelScope& scope) {
    if (!part.has_value) return unavailable();
    ModelValue document = json(part.value);
    document.of = &scope.route.step(of.name);
    return document;
}

ModelValue all_results(const ModelExpression& expression, const ModelScope& scope) {
    const ModelResult& result = scope.results.at(expression.name);
    ModelValue all = json(Json::array());
    for (const std::size_t place : result.places) all.json.push_back(result.parts[place].value);
    all.of = &scope.route.step(expression.name);
    return all;
}

// Without the index that chose the result of a for_each step.
ModelPath path_in_document(const ModelExpression& expression, const ModelScope& scope) {
    const bool chooses = expression.kind == Kind::reference && expression.from == From::step &&
                         is_loop(expression, scope);
    const ModelPath& path = expression.path;
    return chooses ? ModelPath{path.begin() + 1, path.end()} : path;
}

ModelValue of_step(const ModelExpression& expression, const ModelScope& scope) {
    const bool is_list = scope.results.at(expression.name).is_list;
    if (is_loop(expression, scope) && !is_list) return unavailable();
    if (is_loop(expression, scope) && expression.path.empty())
        return all_results(expression, scope);
    const ModelPart* part = part_of(expression, scope);
    if (part == nullptr) return absent();
    return value_at(
        document_of(*part, expression, scope), path_in_document(expression, scope), scope
    );
}

ModelValue of_query(const std::string& name, const ModelRequest& request) {
    const auto found = request.query.find(name);
    if (found == request.query.end()) return absent();
    if (found->second.size() == 1) return text(found->second.front());
    return json(Json(found->second));
}

ModelValue of_header(const std::string& name, const ModelRequest& request) {
    const auto found = request.headers.find(name);
    if (found == request.headers.end()) return absent();
    std::string joined;
    for (const std::string& value : found->second) joined += (joined.empty() ? "" : ", ") + value;
    return text(joined);
}

ModelValue of_request(const ModelExpression& expression, const ModelScope& scope) {
    switch (expression.from) {
        case From::path:
            return text(scope.request.id);
        case From::query:
            return of_query(expression.name, scope.request);
        case From::request_header:
            return of_header(expression.name, scope.request);
        case From::body: {
            if (scope.request.body.empty()) return absent();
            return value_at(json(Json::parse(scope.request.body)), expression.path, scope);
        }
        case From::method:
            return text(scope.route.method);
        default:
            return text(scope.request.request_id);
    }
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
        case From::header: {
            const auto& x_h = scope.results.at(expression.name).whole.x_h;
            return x_h ? text(*x_h) : absent();
        }
        case From::item:
            return value_at(*scope.item, expression.path, scope);
        case From::index:
            return json(scope.index);
        case From::items: {
            Json items = Json::array();
            for (const ModelValue& item : *scope.items) items.push_back(item.json);
            return json(std::move(items));
        }
        case From::element:
            return value_at(scope.elements.at(expression.name), expression.path, scope);
        default:
            return of_request(expression, scope);
    }
}

// Which result a look-up finds; `value` says why there is none, or none to be read.
struct Looked {
    ModelValue value;
    const ModelPart* part = nullptr;
};

Looked look_up(const ModelExpression& expression, const ModelScope& scope) {
    ModelScope raw = scope;
    raw.shaped = false;
    const ModelExpression& asked = expression.arguments.front();
    const ModelValue key = value_of(asked, raw);
    if (key.kind == ModelValue::Kind::unavailable) return {unavailable()};
    if (key.is_missing()) return {absent()};
    const auto characters = key.is_json() ? text_of(key.json) : std::nullopt;
    if (!characters) {
        return {refused("invalid_value", asked.kind == Kind::reference ? &asked : nullptr)};
    }
    const ModelResult& result = scope.results.at(expression.name);
    if (!result.is_list) return {unavailable(), &result.whole};
    const auto at = std::ranges::find(result.texts, *characters);
    if (at == result.texts.end()) return {absent()};
    const auto place = static_cast<std::size_t>(at - result.texts.begin());
    const ModelPart& part = result.parts[result.places[place]];
    return {document_of(part, expression, scope), &part};
}

ModelValue join(const ModelList& list, const std::string& separator) {
    std::string joined;
    for (const ModelValue& item : list.items) {
        if (item.kind == ModelValue::Kind::unavailable) return unavailable();
        ModelValue none = absent();
        none.by = item.by;
        if (item.is_missing()) return none;
        const auto characters = text_of(item.json);
        // Whoever splits the text again must find it.
        if (!characters || (*characters + separator).find(separator) != characters->size()) {
            return refused("invalid_value", item.by);
        }
        joined += (&item == &list.items.front() ? "" : separator) + *characters;
    }
    return text(joined);
}

ModelValue without_list(const ModelList& list) {
    if (list.kind == ModelList::Kind::unavailable) return unavailable();
    if (list.kind == ModelList::Kind::not_a_list) return refused("not_a_list", list.by);
    if (list.kind == ModelList::Kind::refused) return refused("invalid_value", list.by);
    ModelValue none = absent();
    none.by = list.by;
    return none;
}

ModelValue of_function(const ModelExpression& call, const ModelScope& scope) {
    const bool is_list = call.kind == Kind::concat || call.kind == Kind::compact;
    const ModelList list = list_of(is_list ? call : call.arguments.front(), scope);
    if (list.kind != ModelList::Kind::list) return without_list(list);
    if (call.kind == Kind::count) return json(list.items.size());
    if (call.kind == Kind::join) return join(list, call.separator);
    ModelValue all = json(Json::array());
    for (const ModelValue& item : list.items) all.json.push_back(sent(item, scope));
    return all;
}

}  // namespace

Json sent(const ModelValue& value, const ModelScope& scope) {
    if (!value.is_json()) return nullptr;
    const bool is_shaped = scope.shaped && value.of != nullptr;
    return is_shaped ? shaped(value.json, *value.of, value.place) : value.json;
}

std::optional<std::string> text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null() || value.is_structured()) return std::nullopt;
    return value.dump();
}

bool is_of_all_results(const ModelExpression& expression, const ModelScope& scope) {
    const bool of_step = expression.kind == Kind::reference && expression.from == From::step;
    if (!of_step || !is_loop(expression, scope)) return false;
    return expression.path.empty() || std::holds_alternative<Every>(expression.path.front());
}

const ModelPart* part_of(const ModelExpression& expression, const ModelScope& scope) {
    if (expression.kind == Kind::look_up) return look_up(expression, scope).part;
    if (expression.kind != Kind::reference) return nullptr;
    if (expression.from == From::element) return scope.elements.at(expression.name).part;
    if (expression.from != From::step) return nullptr;
    const ModelResult& result = scope.results.at(expression.name);
    if (!is_loop(expression, scope) || !result.is_list) return &result.whole;
    if (is_of_all_results(expression, scope)) return nullptr;
    const std::size_t index = std::get<std::size_t>(expression.path.front());
    return index < result.places.size() ? &result.parts[result.places[index]] : nullptr;
}

ModelValue value_of(const ModelExpression& expression, const ModelScope& scope) {
    if (expression.kind == Kind::reference) return of_reference(expression, scope);
    if (expression.kind != Kind::look_up) return of_function(expression, scope);
    return value_at(look_up(expression, scope).value, expression.path, scope);
}

}  // namespace weft::property
