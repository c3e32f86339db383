#include "explain/openapi.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "config/diagnostics.hpp"
#include "explain/openapi_operation.hpp"
#include "plan/path_literal.hpp"
#include "plan/path_pattern.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

// A path of the document. Two templates that differ only in their parameters' names are one there
// (section 4.8.8.2), so the first route's names hold for all of them.
struct ApiPath {
    std::string text;
    std::vector<std::string> parameters;
    std::map<Method, const Plan*> taken{};
};

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

class Paths {
  public:
    // The path of `plan`, with its method taken; nothing if another route has it.
    const ApiPath* take(const Plan& plan, std::vector<std::string>& left_out) {
        const auto pattern = std::get<PathPattern>(parse_path_pattern(plan.path));
        const ApiPath fresh = path_of(plan, pattern);
        ApiPath& path = paths_.emplace(shape_of(pattern), fresh).first->second;
        const auto [taken, is_new] = path.taken.emplace(plan.method, &plan);
        if (is_new) return &path;
        left_out.push_back(
            "route " + in_quotes(plan.name) + " is left out: in OpenAPI its path " +
            in_quotes(plan.path) + " is that of " + in_quotes(taken->second->name)
        );
        return nullptr;
    }

  private:
    static ApiPath path_of(const Plan& plan, const PathPattern& pattern) {
        ApiPath path;
        std::string_view left = plan.path;
        for (const PatternSegment& segment : pattern.segments) {
            left.remove_prefix(1);
            const std::string_view written = left.substr(0, left.find('/'));
            left.remove_prefix(written.size());
            path.text += '/';
            if (segment.kind == SegmentKind::literal) {
                path.text += encoded_path_literal(written);
            } else {
                path.text += '{' + segment.text + '}';
                path.parameters.push_back(segment.text);
            }
        }
        return path;
    }

    // No literal holds a NUL.
    static std::string shape_of(const PathPattern& pattern) {
        std::string shape;
        for (const PatternSegment& segment : pattern.segments) {
            shape += '/';
            shape += segment.kind == SegmentKind::literal ? segment.text : std::string(1, '\0');
        }
        return shape;
    }

    std::map<std::string, ApiPath> paths_;
};

Json problem_schema() {
    const Json text{{"type", "string"}};
    return Json{
        {"description", "RFC 9457 problem details."},
        {"type", "object"},
        {"required", {"type", "title", "status", "code"}},
        {"properties",
         {{"type", {{"type", "string"}, {"format", "uri"}}},
          {"title", text},
          {"status", {{"type", "integer"}}},
          {"code", text},
          {"detail", text},
          {"instance", text},
          {"request_id", text},
          {"step", text},
          {"upstream", text}}}};
}

Json losses_schema() {
    const Json loss{
        {"type", "object"},
        {"required", {"path", "code", "status"}},
        {"properties",
         {{"path", {{"type", "string"}, {"format", "json-pointer"}}},
          {"code", {{"type", "string"}}},
          {"status", {{"type", "integer"}}},
          {"upstream_status", {{"type", "integer"}}}}}};
    return Json{
        {"description", "What is missing in a partial answer, and why."},
        {"type", "array"},
        {"items", loss}};
}

bool has_losses(const Snapshot& snapshot) {
    for (const Plan& plan : snapshot.plans) {
        const auto* compose = std::get_if<ComposePlan>(&plan.work);
        if (compose != nullptr && compose->has_optional_steps) return true;
    }
    return false;
}

Json components(const Snapshot& snapshot) {
    Json components;
    components["schemas"]["Problem"] = problem_schema();
    components["responses"]["Problem"] = {
        {"description", "What went wrong."},
        {"content",
         {{"application/problem+json", {{"schema", {{"$ref", "#/components/schemas/Problem"}}}}}}}};
    if (has_losses(snapshot)) components["schemas"]["Losses"] = losses_schema();
    components["securitySchemes"]["authorization"] = {
        {"type", "apiKey"},
        {"in", "header"},
        {"name", "Authorization"},
        {"description", "The client's own, which reaches the services that are to see it."}};
    return components;
}

}  // namespace

ApiDocument openapi(const Snapshot& snapshot, const ApiDescription& description) {
    ApiDocument document;
    Json json{
        {"openapi", "3.1.0"},
        {"info", {{"title", description.title}, {"version", description.version}}},
        {"servers", Json::array({Json{{"url", description.server}}})},
        {"security", Json::array()},
        {"paths", Json::object()}};
    Paths paths;
    for (const Plan& plan : snapshot.plans) {
        const ApiPath* path = paths.take(plan, document.left_out);
        if (path == nullptr) continue;
        const std::string method = lower_case(to_string(plan.method));
        json["paths"][path->text][method] = openapi_operation(plan, snapshot, path->parameters);
    }
    json["components"] = components(snapshot);
    // What comes from the command line may not be UTF-8.
    document.json = json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
    return document;
}

}  // namespace weft
