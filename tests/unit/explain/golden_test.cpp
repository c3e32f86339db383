// Each file in golden/ is a case: YAML (split_files), and commands that begin with `$ `, each
// followed by what it prints.
#include "unit/golden.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "explain/choice.hpp"
#include "explain/openapi.hpp"
#include "explain/openapi_operation.hpp"
#include "explain/show_route.hpp"
#include "unit/plan/config_files.hpp"

namespace weft::test {
namespace {

const Plan& plan_called(const Snapshot& snapshot, const std::string& name) {
    return *std::ranges::find(snapshot.plans, name, &Plan::name);
}

std::string show(const Snapshot& snapshot, const std::string& route, const std::string& format) {
    const Plan& plan = plan_called(snapshot, route);
    if (format == "json") return route_as_json(plan, snapshot);
    if (format == "mermaid") return route_as_mermaid(plan, snapshot);
    return route_as_text(plan, snapshot);
}

// The whole document, or the operation of one route.
std::string show_api(const Snapshot& snapshot, const std::string& route) {
    if (!route.empty()) {
        const Plan& plan = plan_called(snapshot, route);
        return openapi_operation(plan, snapshot, {"id", "second"}).dump(2) + '\n';
    }
    const ApiDocument document = openapi(snapshot, {.title = "Orders", .version = "2.1"});
    std::string text;
    for (const std::string& left_out : document.left_out) text += left_out + '\n';
    return text + document.json;
}

// `explain ROUTE [FORMAT]`, `explain METHOD TARGET [FORMAT]`, `openapi` or `openapi ROUTE`.
std::string run(const Snapshot& snapshot, const std::string& command) {
    std::istringstream words{command};
    std::string verb;
    std::string subject;
    std::string target;
    std::string format;
    words >> verb >> subject >> target >> format;
    if (verb == "openapi") return show_api(snapshot, subject);
    if (!target.starts_with('/')) return show(snapshot, subject, target);
    const RouteChoice choice = choose_route(snapshot, parse_method(subject).value(), target);
    return format == "json" ? choice_as_json(choice) : choice_as_text(choice);
}

std::string outcome_of(const std::string& yaml, const std::string& commands) {
    const Compiled compiled = compile_files(split_files(yaml));
    if (!compiled.snapshot) return compiled.diagnostics;
    std::string outcome;
    std::istringstream lines{commands};
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("$ ")) continue;
        outcome += line + '\n' + run(*compiled.snapshot, line.substr(2));
    }
    return outcome;
}

TEST(ExplainGolden, ShowsWhatTheFileSays) {
    expect_goldens("tests/unit/explain/golden", outcome_of);
}

}  // namespace
}  // namespace weft::test
