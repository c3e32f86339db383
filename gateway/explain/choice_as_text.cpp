#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/diagnostics.hpp"
#include "explain/choice.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

std::string names_of(const std::vector<Method>& methods) {
    std::string names;
    for (const Method method : methods) {
        if (!names.empty()) names += ", ";
        names += to_string(method);
    }
    return names;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string column{text};
    column.resize(std::max(width, text.size()), ' ');
    return column;
}

// What is answered where no route does.
struct OwnAnswer {
    std::uint16_t status = 404;
    std::string reason;
};

OwnAnswer own_answer(const RouteChoice& choice) {
    if (!choice.is_well_formed) return {400, "not a target that a request may have"};
    const auto* others = std::get_if<MethodNotAllowed>(&choice.match);
    if (others == nullptr) return {404, "no route has this path"};
    const std::string allowed = "Allow: " + names_of(others->allowed);
    if (choice.method == Method::options) return {204, "answered by Weft itself, " + allowed};
    return {405, "no route of this path has the method, " + allowed};
}

std::string answer_line(const RouteChoice& choice) {
    const std::string asked =
        std::string{to_string(choice.method)} + ' ' + std::string{choice.target} + " -> ";
    const auto* matched = std::get_if<Matched>(&choice.match);
    if (matched == nullptr) {
        const OwnAnswer answer = own_answer(choice);
        return asked + std::to_string(answer.status) + ": " + answer.reason + '\n';
    }
    std::string text = asked + matched->plan->name + "   " +
                       std::string{to_string(matched->plan->method)} + ' ' + matched->plan->path +
                       '\n';
    for (const PathParameter& parameter : matched->parameters) {
        text += "  " + std::string{parameter.name} + " = " + in_quotes(parameter.value) + '\n';
    }
    return text;
}

}  // namespace

std::string choice_as_text(const RouteChoice& choice) {
    std::string text = answer_line(choice);
    std::size_t name = 0;
    std::size_t path = 0;
    for (const RejectedRoute& route : choice.rejected) {
        name = std::max(name, route.plan->name.size());
        path = std::max(path, to_string(route.plan->method).size() + 1 + route.plan->path.size());
    }
    for (const auto& [plan, reason] : choice.rejected) {
        const std::string asked = std::string{to_string(plan->method)} + ' ' + plan->path;
        text += "not " + padded(plan->name, name + 3) + padded(asked, path + 3) + reason + '\n';
    }
    if (choice.unlike > 0) {
        text += "and " + std::to_string(choice.unlike) +
                (choice.unlike == 1 ? " route that is less like it\n"
                                    : " routes that are less like it\n");
    }
    return text;
}

std::string choice_as_json(const RouteChoice& choice) {
    Json json{{"method", to_string(choice.method)}, {"target", choice.target}};
    if (const auto* matched = std::get_if<Matched>(&choice.match)) {
        json["route"] = matched->plan->name;
        Json& parameters = json["parameters"] = Json::object();
        for (const auto& each : matched->parameters)
            parameters[std::string{each.name}] = each.value;
    } else {
        const OwnAnswer answer = own_answer(choice);
        json["route"] = nullptr;
        json["status"] = answer.status;
        json["reason"] = answer.reason;
    }
    Json& rejected = json["rejected"] = Json::array();
    for (const auto& [plan, reason] : choice.rejected) {
        rejected.push_back(
            {{"route", plan->name},
             {"method", to_string(plan->method)},
             {"path", plan->path},
             {"reason", reason}}
        );
    }
    json["unlike"] = choice.unlike;
    return json.dump(2) + '\n';
}

}  // namespace weft
