#include "app/explain_command.hpp"

#include <algorithm>
#include <iostream>

#include "app/configuration.hpp"
#include "explain/choice.hpp"
#include "explain/show_route.hpp"

namespace weft {
namespace {

// `[CONFIG] ROUTE` or `[CONFIG] METHOD TARGET`: a target begins with a slash, which no route's name
// behind a CONFIG does.
struct Subject {
    std::string_view config = default_config;
    std::string_view method;  // empty: a route is asked for
    std::string_view name;    // of the route, or the target
};

Subject subject_of(const std::vector<std::string_view>& operands) {
    Subject subject;
    subject.name = operands.back();
    const bool is_request = operands.size() > 1 && subject.name.starts_with('/');
    if (is_request) subject.method = operands[operands.size() - 2];
    const std::size_t length = is_request ? 2 : 1;
    if (operands.size() > length) subject.config = operands.front();
    return subject;
}

ExitCode wrong(ExitCode code, const std::string& message) {
    std::cerr << "weft: " << message << '\n';
    return code;
}

ExitCode show_choice(const Snapshot& snapshot, const Subject& subject, std::string_view format) {
    const auto method = parse_method(subject.method);
    if (!method || *method == Method::connect || *method == Method::trace) {
        return wrong(ExitCode::usage, "unknown method " + in_quotes(subject.method));
    }
    if (format == "mermaid") {
        return wrong(ExitCode::usage, "only a route has a picture: name one, not a request");
    }
    const RouteChoice choice = choose_route(snapshot, *method, subject.name);
    std::cout << (format == "json" ? choice_as_json(choice) : choice_as_text(choice));
    return std::holds_alternative<Matched>(choice.match) ? ExitCode::fine : ExitCode::failed;
}

ExitCode show_route(const Snapshot& snapshot, const Subject& subject, std::string_view format) {
    const auto found = std::ranges::find(snapshot.plans, subject.name, &Plan::name);
    if (found == snapshot.plans.end()) {
        std::vector<std::string_view> known;
        for (const Plan& plan : snapshot.plans) known.push_back(plan.name);
        return wrong(
            ExitCode::failed,
            "unknown route " + in_quotes(subject.name) + did_you_mean(subject.name, known)
        );
    }
    if (format == "json") {
        std::cout << route_as_json(*found, snapshot);
    } else if (format == "mermaid") {
        std::cout << route_as_mermaid(*found, snapshot);
    } else {
        std::cout << route_as_text(*found, snapshot);
    }
    return ExitCode::fine;
}

ExitCode explain(const CommandArguments& arguments) {
    const Subject subject = subject_of(arguments.operands());
    if (arguments.operands().size() == 3 && subject.method.empty()) {
        return wrong(
            ExitCode::usage, in_quotes(subject.name) + " is no target: it begins with \"/\""
        );
    }
    const Configuration configuration = read_configuration(subject.config);
    if (!configuration.snapshot) {
        print_mistakes(configuration);
        return ExitCode::configuration;
    }
    const std::string_view format = arguments.value("--format", "text");
    const auto show = subject.method.empty() ? show_route : show_choice;
    return show(*configuration.snapshot, subject, format);
}

}  // namespace

CommandWord explain_command() {
    return {
        .name = "explain",
        .operands = "[CONFIG] ROUTE | METHOD TARGET",
        .summary = "show what a route will do, or which route answers a request",
        .help =
            "Of a ROUTE: which steps run side by side (waves), what each waits for, how many "
            "calls\n"
            "it can make, how long it can take, and which service sees which header of a client.\n"
            "Of a request, such as GET /order-details/7: the route that answers it, its "
            "parameters,\n"
            "and why the routes that look like it do not. CONFIG is config/gateway.yaml unless\n"
            "given. Nothing is called.\n"
            "Exit codes: 0 shown, 1 there is no such route or none answers, 64 wrong usage,\n"
            "78 the configuration has mistakes.\n",
        .options =
            {{"--format",
              "text, json, or mermaid: a flowchart of a route",
              "FORMAT",
              {"text", "json", "mermaid"}}},
        .least_operands = 1,
        .most_operands = 3,
        .run = explain};
}

}  // namespace weft
