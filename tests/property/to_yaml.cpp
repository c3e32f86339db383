// JSON is YAML, so every value is written as JSON text.
#include <stdexcept>

#include "property/model.hpp"

namespace weft::property {
namespace {

std::string written(const ModelExpression& expression);

std::string written_path(const std::vector<ModelSegment>& path) {
    std::string text;
    for (const ModelSegment& segment : path) {
        if (const auto* name = std::get_if<std::string>(&segment)) {
            text += "." + *name;
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
            return expression.name;
        case From::status:
            return "steps." + expression.name + ".status";
        case From::ok:
            return "steps." + expression.name + ".ok";
        case From::item:
            return "item";
        case From::path:
            return "request.path." + expression.name;
        case From::query:
            return "request.query." + expression.name;
    }
    return "";
}

std::string written(const ModelExpression& expression) {
    using Kind = ModelExpression::Kind;
    const auto argument = [&](std::size_t i) { return written(expression.arguments.at(i)); };
    const std::string tail = expression.optional ? "?" : "";
    switch (expression.kind) {
        case Kind::reference:
            return written_root(expression) + written_path(expression.path) + tail;
        case Kind::count:
            return "count(" + argument(0) + ")";
        case Kind::join:
            return "join(" + argument(0) + ", ',')";
        case Kind::concat:
            return "concat(" + argument(0) + ", " + argument(1) + ")";
        case Kind::compact:
            return "compact(" + argument(0) + ")";
        case Kind::look_up:
            return expression.name + "[" + argument(0) + "]" + written_path(expression.path) + tail;
    }
    return "";
}

std::string in_braces(const ModelExpression& expression) {
    return "${" + written(expression) + "}";
}

std::string written(const ModelText& text) {
    std::string all;
    for (const auto& piece : text) {
        const auto* literal = std::get_if<std::string>(&piece);
        all += literal != nullptr ? *literal : in_braces(std::get<ModelExpression>(piece));
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
    std::string constant = condition.right.dump();
    if (condition.right.is_string()) constant = "'" + condition.right.get<std::string>() + "'";
    return "${" + written(condition.left) + " " + condition.operation + " " + constant + "}";
}

void add_batch(const ModelStep& step, Json& yaml) {
    if (!step.batch) return;
    yaml["batch"] = {
        {"path", "/" + step.name + "-rows"},
        {"query", {{"ids", "${join(items, ',')}"}}},
        {"max_size", step.batch->max_size},
        {"match", step.batch->match}};
    if (!step.batch->rows.empty()) yaml["batch"]["rows"] = step.batch->rows;
}

void add_outcomes(const ModelStep& step, Json& yaml) {
    if (!step.null_on.empty()) yaml["null_on"] = Json::array();
    for (const int status : step.null_on) yaml["null_on"].push_back(std::to_string(status));
    for (const auto& [from, to] : step.on_status) yaml["on_status"][std::to_string(from)] = to;
    if (!step.select.empty()) yaml["select"] = step.select;
    if (!step.omit.empty()) yaml["omit"] = step.omit;
}

Json written(const ModelStep& step) {
    Json yaml = {{"upstream", "services"}, {"required", step.required}};
    std::string path = "/" + step.name;
    for (const ModelText& segment : step.segments) path += "/" + written(segment);
    yaml["path"] = path;
    for (const auto& [name, text] : step.query) yaml["query"][name] = written(text);
    if (step.fallback) yaml["fallback"] = *step.fallback;
    if (step.for_each) yaml["for_each"] = in_braces(*step.for_each);
    if (step.for_each) yaml["max_items"] = step.max_items;
    if (step.when) yaml["when"] = written(*step.when);
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
    Json yaml = {{"path", "/" + name + "/{id}"}};
    for (const ModelStep& step : route.steps) yaml["steps"][step.name] = written(step);
    yaml["response"] = {{"body", written(route.response)}};
    return Json(name).dump() + ": " + yaml.dump() + "\n";
}

}  // namespace weft::property
