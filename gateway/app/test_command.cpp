#include "app/test_command.hpp"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "app/configuration.hpp"
#include "app/stubbed_router.hpp"
#include "app/worker.hpp"
#include "trial/run_test.hpp"
#include "trial/test_report.hpp"

namespace weft {
namespace {

// Those whose route and name, as they are printed, hold the text.
std::vector<const RouteTest*> chosen_tests(
    const std::vector<RouteTest>& all, std::string_view text
) {
    std::vector<const RouteTest*> chosen;
    for (const RouteTest& test : all) {
        const std::string shown = test.route + ": " + test.name;
        if (shown.find(text) != std::string::npos) chosen.push_back(&test);
    }
    return chosen;
}

std::vector<TestOutcome> run_tests(Configuration& configuration, std::string_view only) {
    const auto served = without_addresses(configuration);
    const HeadLimits limits = server_settings(*served).head;
    const auto make_handler = [&served](VirtualTime& time, StubServices& services) {
        return stubbed_router(served, time, services);
    };
    std::vector<TestOutcome> outcomes;
    for (const RouteTest* test : chosen_tests(configuration.tests, only)) {
        outcomes.push_back(run_test(*test, limits, make_handler));
    }
    return outcomes;
}

void print_untested(const WrittenGateway& written) {
    std::string names;
    for (const WrittenRoute& route : written.routes) {
        if (route.tests.empty()) names += (names.empty() ? "" : ", ") + route.name.value;
    }
    if (!names.empty()) std::cout << "without tests: " << names << '\n';
}

ExitCode test(const CommandArguments& arguments) {
    Configuration configuration = read_configuration(arguments.operand(0, default_config));
    if (!configuration.snapshot) {
        print_mistakes(configuration);
        return ExitCode::configuration;
    }
    const std::string_view only = arguments.value("--only", "");
    const auto outcomes = run_tests(configuration, only);
    if (outcomes.empty() && !only.empty()) {
        std::cerr << "weft: the name of no test holds " << in_quotes(only) << '\n';
        return ExitCode::failed;
    }
    if (arguments.value("--format", "text") == "json") {
        std::cout << outcomes_as_json(outcomes, configuration.diagnostics);
    } else {
        std::cout << outcomes_as_text(outcomes, configuration.diagnostics);
        if (only.empty()) print_untested(configuration.written);
    }
    return failed_tests(outcomes) == 0 ? ExitCode::fine : ExitCode::failed;
}

}  // namespace

CommandWord test_command() {
    return {
        .name = "test",
        .operands = "[CONFIG]",
        .summary = "run the tests that stand beside the routes of CONFIG",
        .help =
            "Runs the `tests` of the routes of CONFIG (default: config/gateway.yaml). The "
            "gateway's "
            "own\n"
            "code answers each request; the services are played from the test's stubs. Nothing is\n"
            "called, and no time passes: delays and timeouts are virtual.\n"
            "Exit codes: 0 all passed, 1 one failed or none was chosen, 64 wrong usage,\n"
            "78 the configuration has mistakes.\n",
        .options =
            {{"--only", "the tests whose `route: name` holds TEXT", "TEXT"},
             {"--format", "lines for people, or one JSON document", "FORMAT", {"text", "json"}}},
        .run = test};
}

}  // namespace weft
