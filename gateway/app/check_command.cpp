#include "app/check_command.hpp"

#include <iostream>

#include "app/configuration.hpp"

namespace weft {
namespace {

ExitCode check(const CommandArguments& arguments) {
    const auto config = arguments.operand(0, default_config);
    const auto configuration = read_configuration(config);
    print_mistakes(configuration);
    const auto& snapshot = configuration.snapshot;
    if (!snapshot) return ExitCode::configuration;
    std::cout << config << ": " << snapshot->plans.size() << " routes, "
              << snapshot->upstreams.size() << " upstreams, no mistakes\n";
    return ExitCode::fine;
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
            "Exit codes: 0 no mistake, 78 mistakes.\n",
        .run = check};
}

}  // namespace weft
