#include "explain/openapi_operation.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "explain/answer_schema.hpp"
#include "explain/possible_problems.hpp"
#include "explain/request_reads.hpp"
#include "explain/value_schema.hpp"
#include "http/message_writer.hpp"
#include "outcome/failure.hpp"
#include "plan/path_pattern.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view authorization = "authorization";

Json text_schema() { return Json{{"type", "string"}}; }

template <class Range>
std::string listed(const Range& range) {
    std::string list;
    for (const auto& each : range) list += (list.empty() ? "" : ", ") + std::string{each};
    return list;
}

// A description beside a reference stands in the place of the one it refers to (section 4.8.23).
Json problem_answer(const std::string& description) {
    return Json{{"$ref", "#/components/responses/Problem"}, {"description", description}};
}

Json header(std::string description) {
    return Json{{"description", std::move(description)}, {"schema", text_schema()}};
}

// With more fields than every problem has.
Json problem_answer(const std::string& description, const PossibleProblem& problem) {
    Json headers = Json::object();
    if (problem.challenges) headers["WWW-Authenticate"] = header("The service's.");
    headers["Retry-After"] = header("When to ask again.");
    return Json{
        {"description", description},
        {"headers", headers},
        {"content",
         {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
}

Json path_parameters(const Plan& plan, const std::vector<std::string>& names) {
    const auto pattern = std::get<PathPattern>(parse_path_pattern(plan.path));
    Json parameters = Json::array();
    for (const PatternSegment& segment : pattern.segments) {
        if (segment.kind == SegmentKind::literal) continue;
        Json parameter{
            {"name", names[parameters.size()]},
            {"in", "path"},
            {"required", true},
            {"schema", text_schema()}};
        if (segment.kind == SegmentKind::rest) {
            parameter["description"] = "The rest of the path, which may hold slashes, or be empty.";
        } else {
            parameter["schema"]["minLength"] = 1;
        }
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

// Fields that OpenAPI describes in its own way, and no parameter may.
bool is_parameter(std::string_view header) {
    constexpr std::array<std::string_view, 3> others{"accept", "content-type", authorization};
    return std::ranges::find(others, header) == others.end();
}

Json parameter(const RequestValue& value, std::string_view in) {
    Json schema = text_schema();
    if (value.is_list) schema = Json{{"type", "array"}, {"items", text_schema()}};
    Json parameter{{"name", value.name}, {"in", in}};
    if (value.needed) parameter["required"] = true;
    parameter["schema"] = std::move(schema);
    return parameter;
}

// Whose `Authorization` is read can be asked without it, unless it is needed.
Json security(bool needed) {
    Json all = Json::array();
    if (!needed) all.push_back(Json::object());
    all.push_back(Json{{authorization, Json::array()}});
    return all;
}

void add_request(Json& operation, const ComposePlan& plan, const RequestReads& reads) {
    Json& parameters = operation["parameters"];
    for (const RequestValue& value : reads.query) parameters.push_back(parameter(value, "query"));
    for (const RequestValue& value : reads.headers) {
        if (value.name == authorization) operation["security"] = security(value.needed);
        // A repeated header is one text.
        const RequestValue text{.name = value.name, .needed = value.needed};
        if (is_parameter(value.name)) parameters.push_back(parameter(text, "header"));
    }
    if (!plan.reads_request_body) return;
    Json& body = operation["requestBody"];
    if (reads.body_needed) body["required"] = true;
    body["content"]["application/json"]["schema"] = value_schema(plan.body_reads, 0);
}

Json composed_answer(const ComposePlan& plan) {
    Json answer{{"description", "The composed answer."}};
    Json headers = Json::object();
    for (const HeaderTemplate& each : plan.response_headers) {
        headers[each.name] = Json{{"schema", text_schema()}};
    }
    if (plan.has_optional_steps) {
        answer["description"] =
            "The composed answer. Where a part that is not required failed, it is null or its "
            "fallback, and `errors` tells why.";
        headers["Weft-Complete"] = header("`false`, if the answer is partial; else absent.");
    }
    if (!headers.empty()) answer["headers"] = std::move(headers);
    const std::uint16_t status = plan.response_status;
    const bool has_body = status != 204 && status != 205 && status != 304;
    if (has_body) {
        answer["content"] = {{"application/json", {{"schema", answer_schema(plan)}}}};
    }
    return answer;
}

// `upstream_status` of order, user; `missing_input` of user
std::string text_of(const ProblemCodes& codes) {
    std::map<std::vector<std::string_view>, std::vector<std::string>> by_steps;
    for (const auto& [code, steps] : codes)
        by_steps[steps].push_back('`' + std::string{code} + '`');
    std::string text;
    for (const auto& [steps, names] : by_steps) {
        if (!text.empty()) text += "; ";
        text += listed(names);
        if (!steps.empty()) text += " of " + listed(steps);
    }
    return text;
}

Json problems(PossibleProblems possible) {
    // Whatever the route, a request may be malformed.
    possible[400].codes[traits(FailureKind::bad_request).code];
    Json answers = Json::object();
    for (const auto& [status, problem] : possible) {
        const std::string reason{reason_phrase(status)};
        const std::string text = (reason.empty() ? "" : reason + ": ") + text_of(problem.codes);
        const bool is_plain = status != 503 && !problem.challenges;
        answers[std::to_string(status)] =
            is_plain ? problem_answer(text + '.') : problem_answer(text + '.', problem);
    }
    answers["default"] = problem_answer("Any other answer that Weft gives by itself.");
    return answers;
}

Json composed(const Plan& plan, const Snapshot& snapshot, Json operation) {
    const auto& compose = std::get<ComposePlan>(plan.work);
    std::vector<std::string> steps;
    for (const Step& step : compose.steps) steps.push_back(step.name);
    operation["summary"] = plan.name + ": composed of " + listed(steps);
    add_request(operation, compose, request_reads(compose, snapshot));
    Json& responses = operation["responses"];
    responses[std::to_string(compose.response_status)] = composed_answer(compose);
    // A status that the route answers with itself keeps its own description.
    const Json others = problems(possible_problems(compose, snapshot));
    for (const auto& [status, answer] : others.items()) {
        if (!responses.contains(status)) responses[status] = answer;
    }
    return operation;
}

Json passed_through(const Plan& plan, const Snapshot& snapshot, Json operation) {
    const auto& proxy = std::get<ProxyPlan>(plan.work);
    const std::string& upstream = snapshot.upstreams[proxy.upstream].name;
    operation["summary"] = plan.name + ": passed through to " + upstream;
    operation["description"] =
        "Query, body and all headers but hop-by-hop ones are passed on as they are.";
    operation["security"] = security(false);
    const bool has_body = plan.method != Method::get && plan.method != Method::head;
    if (has_body) operation["requestBody"]["content"]["*/*"] = Json::object();
    Json& responses = operation["responses"];
    responses["2XX"] = Json{
        {"description", "The answer of " + upstream + ", as it is."},
        {"content", {{"*/*", Json::object()}}}};
    responses["400"] = problem_answer("Bad Request: `bad_request`.");
    responses["502"] = problem_answer("Bad Gateway: the service broke off, or the protocol.");
    responses["503"] = problem_answer(
        "Service Unavailable: `overloaded`, `upstream_unavailable`.", PossibleProblem{}
    );
    responses["504"] = problem_answer("Gateway Timeout: `upstream_timeout`, `deadline`.");
    responses["default"] = Json{
        {"description", "Another answer of " + upstream + ", as it is, or one of Weft itself."},
        {"content", {{"*/*", Json::object()}}}};
    return operation;
}

}  // namespace

Json openapi_operation(
    const Plan& plan, const Snapshot& snapshot, const std::vector<std::string>& parameters
) {
    Json operation{{"operationId", plan.name}, {"summary", ""}};
    operation["parameters"] = path_parameters(plan, parameters);
    const bool is_proxy = std::holds_alternative<ProxyPlan>(plan.work);
    return is_proxy ? passed_through(plan, snapshot, std::move(operation))
                    : composed(plan, snapshot, std::move(operation));
}

}  // namespace weft
