#include "config/schema.hpp"

#include <nlohmann/json.hpp>

#include "config/patterns.hpp"
#include "config/word.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* draft_07 = "http://json-schema.org/draft-07/schema#";

// What stands for any scalar: its text comes from the environment.
Json from_environment() { return {{"type", "string"}, {"pattern", pattern::environment}}; }

Json or_from_environment(Json schema) {
    return {{"anyOf", Json::array({std::move(schema), from_environment()})}};
}

Json text_schema(const ValueForm& form) {
    if (!form.choices.empty()) return or_from_environment({{"enum", form.choices}});
    Json schema{{"type", "string"}, {"minLength", 1}};
    if (form.pattern.empty()) return schema;
    schema["pattern"] = form.pattern + '|' + std::string{pattern::environment};
    // What editors show instead of the pattern; no part of the draft.
    schema["patternErrorMessage"] = "must be " + form.looks_like;
    return schema;
}

Json count_schema(const ValueForm& form) {
    Json number{{"type", "integer"}, {"minimum", form.least}, {"maximum", form.most}};
    if (form.choices.empty()) return or_from_environment(std::move(number));
    const Json words{{"enum", form.choices}};
    return {{"anyOf", Json::array({words, std::move(number), from_environment()})}};
}

Json list_schema(Json items, std::uint64_t least) {
    Json schema{{"type", "array"}, {"items", std::move(items)}};
    if (least > 0) schema["minItems"] = least;
    return schema;
}

Json one_or_list(const Json& item) {
    return {{"anyOf", Json::array({item, list_schema(item, 0)})}};
}

Json text_map_schema() {
    return {
        {"type", "object"}, {"additionalProperties", {{"type", {"string", "number", "boolean"}}}}};
}

Json text_or_null_map_schema() {
    return {
        {"type", "object"},
        {"additionalProperties", {{"type", {"string", "number", "boolean", "null"}}}}};
}

Json status_word() {
    return {
        {"pattern", pattern::status},
        {"patternErrorMessage", "must be a status such as 404 or 5xx"}};
}

Json status_schema() {
    const Json code{{"type", "integer"}, {"minimum", 200}, {"maximum", 599}};
    Json word{{"type", "string"}};
    word.update(status_word());
    return {{"anyOf", Json::array({code, word})}};
}

Json status_map_schema() {
    return {
        {"type", "object"},
        {"propertyNames", status_word()},
        {"additionalProperties", {{"type", "integer"}, {"minimum", 400}, {"maximum", 599}}}};
}

Json default_of(const Word& word) {
    if (word.form.kind == FormKind::boolean) return word.default_value == "true";
    const bool is_number = word.default_value.find_first_not_of("0123456789") == std::string::npos;
    if (word.form.kind == FormKind::count && is_number) return std::stoull(word.default_value);
    return word.default_value;
}

// Exactly one set of words, whole, and none of the others.
Json alternatives_schema(const std::vector<std::vector<std::string_view>>& alternatives) {
    Json one_of = Json::array();
    for (const auto& chosen : alternatives) {
        Json excluded = Json::array();
        for (const auto& other : alternatives) {
            if (&other == &chosen) continue;
            for (const auto name : other) excluded.push_back({{"required", {name}}});
        }
        one_of.push_back({{"required", chosen}, {"not", {{"anyOf", std::move(excluded)}}}});
    }
    return one_of;
}

class SchemaWriter {
  public:
    Json map_schema(const WordMap& map);
    Json named_maps_schema(const ValueForm& form);
    Json definitions() { return std::move(definitions_); }

  private:
    Json reference(const WordMap& map);
    Json value_schema(const ValueForm& form);
    Json word_schema(const Word& word);

    Json definitions_ = Json::object();
};

Json SchemaWriter::reference(const WordMap& map) {
    const std::string name{map.name};
    if (!definitions_.contains(name)) {
        definitions_[name] = nullptr;  // keeps its place before those of its own words
        Json schema = map_schema(map);
        definitions_[name] = std::move(schema);
    }
    return {{"$ref", "#/definitions/" + name}};
}

Json SchemaWriter::named_maps_schema(const ValueForm& form) {
    Json schema{{"type", "object"}, {"additionalProperties", reference(form.map())}};
    if (!form.pattern.empty()) schema["propertyNames"] = {{"pattern", form.pattern}};
    return schema;
}

Json SchemaWriter::value_schema(const ValueForm& form) {
    switch (form.kind) {
        case FormKind::text:
        case FormKind::quantity:
            return text_schema(form);
        case FormKind::count:
            return count_schema(form);
        case FormKind::boolean:
            return or_from_environment({{"type", "boolean"}});
        case FormKind::texts:
            return list_schema(text_schema(form), form.least);
        case FormKind::text_or_texts:
            return one_or_list(text_schema(form));
        case FormKind::statuses:
            return one_or_list(status_schema());
        case FormKind::text_map:
            return text_map_schema();
        case FormKind::text_or_null_map:
            return text_or_null_map_schema();
        case FormKind::status_map:
            return status_map_schema();
        case FormKind::anything:
            return Json::object();
        case FormKind::map:
            return reference(form.map());
        case FormKind::maps:
            return list_schema(reference(form.map()), form.least);
        case FormKind::named_maps:
            return named_maps_schema(form);
        case FormKind::named_groups:
            return {{"type", "object"}, {"additionalProperties", named_maps_schema(form)}};
    }
    return Json::object();
}

Json SchemaWriter::word_schema(const Word& word) {
    Json schema{{"description", std::string{word.meaning} + '.'}};
    schema.update(value_schema(word.form));
    if (!word.default_value.empty()) schema["default"] = default_of(word);
    return schema;
}

Json SchemaWriter::map_schema(const WordMap& map) {
    Json schema{{"description", map.meaning}, {"type", "object"}};
    Json required = Json::array();
    Json properties = Json::object();
    for (const Word& word : map.words) {
        if (word.presence == Presence::not_yet) continue;
        const bool is_required = word.presence == Presence::required && word.unless.empty();
        if (is_required) required.push_back(word.name);
        properties[std::string{word.name}] = word_schema(word);
    }
    if (!required.empty()) schema["required"] = std::move(required);
    if (!map.alternatives.empty()) schema["oneOf"] = alternatives_schema(map.alternatives);
    schema["additionalProperties"] = false;
    schema["properties"] = std::move(properties);
    return schema;
}

std::string document(const char* title, const Json& schema, Json definitions) {
    Json root{{"$schema", draft_07}, {"title", title}};
    root.update(schema);
    root["definitions"] = std::move(definitions);
    return root.dump(2) + '\n';
}

}  // namespace

std::string gateway_schema() {
    SchemaWriter writer;
    Json schema = writer.map_schema(gateway_words());
    return document("Weft: the gateway file", schema, writer.definitions());
}

std::string routes_schema() {
    SchemaWriter writer;
    ValueForm routes{FormKind::named_maps};
    routes.map = route_words;
    Json schema{{"description", "A map, name to route."}};
    schema.update(writer.named_maps_schema(routes));
    return document("Weft: routes", schema, writer.definitions());
}

}  // namespace weft
