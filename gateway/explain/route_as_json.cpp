#include <nlohmann/json.hpp>

#include "explain/outline.hpp"
#include "explain/show_route.hpp"
#include "explain/spelling.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

Json loop_json(const OutlineStep& step) {
    return Json{
        {"list", step.step->for_each->list.text},
        {"max_items", step.step->for_each->max_items},
        {"max_concurrency", step.step->for_each->max_concurrency},
        {"most_rounds", step.loop->rounds}};
}

Json batch_json(const OutlineStep& step) {
    return Json{
        {"path", spell(step.step->batch->target)},
        {"max_size", step.step->batch->max_size},
        {"most_calls", step.loop->calls}};
}

Json step_json(const OutlineStep& step, const Outline& outline) {
    Json json{
        {"name", step.step->name},
        {"wave", step.wave},
        {"method", to_string(step.step->method)},
        {"upstream", step.upstream},
        {"path", step.target},
        {"timeout_ms", step.step->timeout.count()},
        {"required", step.step->required}};
    Json& needs = json["needs"] = Json::array();
    for (const OutlineNeed& need : step.needs) needs.push_back(need.text);
    Json& after = json["after"] = Json::array();
    for (const StepIndex other : step.after) after.push_back(outline.steps[other].step->name);
    if (!step.when.empty()) json["when"] = step.when;
    if (step.loop) json["for_each"] = loop_json(step);
    if (step.step->batch) json["batch"] = batch_json(step);
    return json;
}

Json compose_json(const Outline& outline) {
    Json json;
    Json& steps = json["steps"] = Json::array();
    for (const OutlineStep& step : outline.steps) steps.push_back(step_json(step, outline));
    json["calls"] = {
        {"certain", outline.certain_calls},
        {"possible", outline.possible_calls},
        {"possible_unbatched", outline.unbatched_calls}};
    Json& slowest = json["slowest_path"];
    slowest["steps"] = Json::array();
    for (const StepIndex step : outline.slowest) {
        slowest["steps"].push_back(outline.steps[step].step->name);
    }
    slowest["ms"] = outline.slowest_time.count();
    slowest["ms_with_all_rounds"] = outline.slowest_rounds.count();
    json["slack_ms"] = (outline.plan->timeout - outline.slowest_time).count();
    const auto& grace = std::get<ComposePlan>(outline.plan->work).grace;
    if (grace) json["grace_ms"] = grace->count();
    Json& headers = json["headers"] = Json::object();
    for (const OutlineHeader& header : outline.headers) headers[header.name] = header.upstreams;
    return json;
}

}  // namespace

std::string route_as_json(const Plan& plan, const Snapshot& snapshot) {
    Json json{
        {"route", plan.name},
        {"method", to_string(plan.method)},
        {"path", plan.path},
        {"deadline_ms", plan.timeout.count()}};
    if (const auto* proxy = std::get_if<ProxyPlan>(&plan.work)) {
        json["proxy"] = {
            {"upstream", snapshot.upstreams[proxy->upstream].name}, {"path", spell(*proxy)}};
    } else {
        json.update(compose_json(outline(plan, snapshot)));
    }
    return json.dump(2) + '\n';
}

}  // namespace weft
