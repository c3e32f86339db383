#include "app/check_command.hpp"

#include <iostream>

#include "app/configuration.hpp"
#include "config/report.hpp"

namespace weft {
namespace {

void print_text(std::string_view config, const Configuration& configuration) {
    print_mistakes(configuration);
    const std::string counts = report_counts(configuration.diagnostics);
    if (!configuration.snapshot) {
        std::cerr << counts << '\n';
        return;
    }
    std::cout << config << ": " << counted(configuration.snapshot->plans.size(), "route") << ", "
              << counted(configuration.snapshot->upstreams.size(), "upstream") << ", "
              << (counts.empty() ? "no mistakes" : counts) << '\n';
}

ExitCode check(const CommandArguments& arguments) {
    const auto config = arguments.operand(0, default_config);
    const auto configuration = read_configuration(config);
    if (arguments.value("--format", "text") == "json") {
        std::cout << report_json(configuration.diagnostics);
    } else {
        print_text(config, configuration);
    }
    return configuration.snapshot ? ExitCode::fine : ExitCode::configuration;
}

}  // namespace

CommandWord check_command() {
    return {
        .name = "check",
        .operands = "[CONFIG]",
        .summary = "print every mistake in CONFIG and its routes",
        .help =
            "Reads CONFIG (default: config/gateway.yaml) and its routes and prints every mistake "
            "as\n"
            "file:line:column: message. Starts nothing.\n"
            "Warnings are no mistakes. Exit codes: 0 no mistake, 78 mistakes.\n",
        .options =
            {{"--format", "lines for people, or one JSON document", "FORMAT", {"text", "json"}}},
        .run = check};
}

}  // namespace weft
