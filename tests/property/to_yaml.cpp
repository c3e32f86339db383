// JSON is YAML, so every value is written as JSON text.
#include <algorithm>
#include <stdexcept>

#include "property/model.hpp"

namespace weft::property {
namespace {

std::string written(const ModelExpression& expression);

bool is_plain(const std::string& name) {
    return std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::string written_path(const ModelPath& path) {
    std::string text;
    for (const ModelSegment& segment : path) {
        if (const auto* name = std::get_if<std::string>(&segment)) {
            text += is_plain(*name) ? "." + *name : "['" + *name + "']";
        } else if (const auto* index = std::get_if<std::size_t>(&segment)) {
            text += "[" + std::to_string(*index) + "]";
        } else {
            text += "[*]";
        }
    }
    return text;
}

std::string written_root(const ModelExpression& expression) {
    switch (expression.from) {
        case From::step:
        case From::element:
        case From::item:
            return expression.name;
        case From::status:
            return "steps." + expression.name + ".status";
        case From::ok:
            return "steps." + expression.name + ".ok";
        case From::header:
            return "steps." + expression.name + ".header.x-h";
        case From::index:
            return "index";
        case From::items:
            return "items";
        case From::path:
            return "request.path." + expression.name;
        case From::query:
            return "request.query." + expression.name;
        case From::request_header:
            return "request.header." + expression.name;
        case From::body:
            return "request.body";
        case From::method:
            return "request.method";
        case From::id:
            return "request.id";
    }
    return "";
}

std::string written(const ModelExpression& expression) {
    using Kind = ModelExpression::Kind;
    const auto argument = [&](std::size_t i) { return written(expression.arguments.at(i)); };
    const std::string tail = written_path(expression.path) + (expression.optional ? "?" : "");
    switch (expression.kind) {
        case Kind::reference:
            return written_root(expression) + tail;
        case Kind::count:
            return "count(" + argument(0) + ")";
        case Kind::join:
            return "join(" + argument(0) + ", '" + expression.separator + "')";
        case Kind::concat:
            return "concat(" + argument(0) + ", " + argument(1) + ")";
        case Kind::compact:
            return "compact(" + argument(0) + ")";
        case Kind::look_up:
            return expression.name + "[" + argument(0) + "]" + tail;
    }
    return "";
}

std::string in_braces(const ModelExpression& expression) {
    return "${" + written(expression) + "}";
}

std::string written_literal(std::string text) {
    if (text == from_environment) return "${env.WEFT_NOT_SET:-" + text + "}";
    for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at + 3)) {
        text.insert(at, "$");
    }
    return text;
}

std::string written(const ModelText& text) {
    std::string all;
    for (const auto& piece : text) {
        const auto* literal = std::get_if<std::string>(&piece);
        all += literal != nullptr ? written_literal(*literal)
                                  : in_braces(std::get<ModelExpression>(piece));
    }
    return all;
}

Json written(const ModelNode& node) {
    using Kind = ModelNode::Kind;
    switch (node.kind) {
        case Kind::literal:
            return node.literal;
        case Kind::value:
            return in_braces(node.value);
        case Kind::text:
            return written(node.text);
        case Kind::object: {
            Json object = Json::object();
            for (const auto& [name, child] : node.children) object[name] = written(child);
            return object;
        }
        case Kind::array: {
            Json array = Json::array();
            for (const auto& [name, child] : node.children) array.push_back(written(child));
            return array;
        }
        case Kind::each:
            return {
                {"$each", in_braces(node.value)},
                {"$as", node.name},
                {"$value", written(node.children.front().second)}};
    }
    return nullptr;
}

std::string written(const ModelCondition& condition) {
    if (condition.kind == "value") return written(condition.value);
    if (condition.kind == "literal") {
        if (!condition.literal.is_string()) return condition.literal.dump();
        return "'" + condition.literal.get<std::string>() + "'";
    }
    std::string text;
    if (condition.kind == "!") text = "!";
    for (const ModelCondition& operand : condition.operands) {
        if (&operand != &condition.operands.front()) text += " " + condition.kind + " ";
        const bool is_leaf = operand.operands.empty();
        text += is_leaf ? written(operand) : "(" + written(operand) + ")";
    }
    return text;
}

void add_call(const ModelCall& call, const std::string& name, Json& yaml) {
    std::string path = "/" + name;
    for (const ModelText& segment : call.segments) path += "/" + written(segment);
    yaml["path"] = path;
    if (call.method != "GET") yaml["method"] = call.method;
    for (const auto& [key, text] : call.query) yaml["query"][key] = written(text);
    for (const auto& [key, text] : call.headers) yaml["headers"][key] = written(text);
    if (call.body) yaml["body"] = written(*call.body);
}

void add_batch(const ModelStep& step, Json& yaml) {
    if (!step.batch) return;
    Json& batch = yaml["batch"];
    add_call(step.batch->call, step.name, batch);
    batch["max_size"] = step.batch->max_size;
    batch["match"] = step.batch->match;
    if (!step.batch->rows.empty()) batch["rows"] = step.batch->rows;
}

void add_outcomes(const ModelStep& step, Json& yaml) {
    if (!step.success.empty()) yaml["success"] = step.success;
    if (!step.null_on.empty()) yaml["null_on"] = step.null_on;
    for (const auto& [from, to] : step.on_status) yaml["on_status"][from] = to;
    if (!step.select.empty()) yaml["select"] = step.select;
    if (!step.omit.empty()) yaml["omit"] = step.omit;
    for (const auto& [from, to] : step.rename) yaml["rename"][from] = to;
}

Json written(const ModelStep& step) {
    Json yaml = {{"upstream", step.upstream}, {"required", step.required}};
    if (step.call) add_call(*step.call, step.name, yaml);
    if (step.forwards_credentials) yaml["forward"] = {"Authorization"};
    if (step.fallback) yaml["fallback"] = *step.fallback;
    if (step.for_each) {
        yaml["for_each"] = in_braces(*step.for_each);
        yaml["max_items"] = step.max_items;
        yaml["max_concurrency"] = step.max_concurrency;
        if (step.as != "item") yaml["as"] = step.as;
    }
    if (step.when) yaml["when"] = "${" + written(*step.when) + "}";
    if (!step.after.empty()) yaml["after"] = step.after;
    add_batch(step, yaml);
    add_outcomes(step, yaml);
    return yaml;
}

}  // namespace

const ModelStep& ModelRoute::step(const std::string& name) const {
    for (const ModelStep& step : steps) {
        if (step.name == name) return step;
    }
    throw std::logic_error{"no step " + name};
}

std::string to_yaml(const std::string& name, const ModelRoute& route) {
    Json yaml = {{"method", route.method}, {"path", "/" + name + "/{id}"}};
    std::vector<const ModelStep*> steps;
    for (const ModelStep& step : route.steps) steps.push_back(&step);
    if (route.written_backwards) std::ranges::reverse(steps);
    for (const ModelStep* step : steps) yaml["steps"][step->name] = written(*step);
    yaml["response"] = {{"status", route.status}, {"body", written(route.response)}};
    for (const auto& [key, text] : route.headers) yaml["response"]["headers"][key] = written(text);
    return Json(name).dump() + ": " + yaml.dump() + "\n";
}

}  // namespace weft::property
