#include "app/commands.hpp"

#include <iostream>
#include <memory>

#include "app/gateway.hpp"
#include "config/load.hpp"
#include "plan/compile.hpp"
#include "telemetry/log.hpp"

namespace weft {
namespace {

// Null after printing every mistake on standard error.
std::shared_ptr<const Snapshot> read_configuration(const std::filesystem::path& config) {
    Diagnostics diagnostics;
    const auto written = load(config, process_environment(), diagnostics);
    auto snapshot = compile(written, diagnostics);
    for (const auto& found : diagnostics.sorted())
        std::cerr << diagnostics.to_string(found) << '\n';
    return snapshot;
}

ExitCode operator_asked(const RunCommand& command) {
    auto snapshot = read_configuration(command.config);
    if (!snapshot) return ExitCode::configuration;
    const auto log = make_log(LogFormat::plain);
    const auto code = serve(std::move(snapshot), *log);
    log->flush();
    return code;
}

ExitCode operator_asked(const CheckCommand& command) {
    const auto snapshot = read_configuration(command.config);
    if (!snapshot) return ExitCode::configuration;
    std::cout << command.config.string() << ": " << snapshot->plans.size() << " routes, "
              << snapshot->upstreams.size() << " upstreams, no mistakes\n";
    return ExitCode::fine;
}

ExitCode operator_asked(const PrintCommand& command) {
    std::cout << command.text;
    return ExitCode::fine;
}

ExitCode operator_asked(const WrongUsage& wrong) {
    std::cerr << "weft: " << wrong.message;
    return ExitCode::usage;
}

}  // namespace

ExitCode execute(const Command& command) {
    return std::visit([](const auto& asked) { return operator_asked(asked); }, command);
}

}  // namespace weft
