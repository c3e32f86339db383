#include "app/run_command.hpp"

#include "app/configuration.hpp"
#include "app/gateway.hpp"
#include "app/process.hpp"
#include "telemetry/log.hpp"

namespace weft {
namespace {

ExitCode run(const CommandArguments& arguments) {
    hold_back_reloads();
    const std::filesystem::path file = arguments.operand(0, default_config);
    auto configuration = read_configuration(file);
    print_mistakes(configuration);
    if (!configuration.snapshot) return ExitCode::configuration;
    const auto log = make_log(LogFormat::plain);
    const auto code = serve(file, std::move(configuration), *log);
    log->flush();
    return code;
}

}  // namespace

CommandWord run_command() {
    return {
        .name = "run",
        .operands = "[CONFIG]",
        .summary = "serve the routes of CONFIG (default: config/gateway.yaml)",
        .help =
            "Serves the routes of CONFIG (default: config/gateway.yaml) until it is told to stop.\n"
            "SIGHUP reads CONFIG and its routes again; with a mistake in them the old ones stay.\n"
            "SIGTERM finishes the requests that are in work, then ends; a second one ends at "
            "once.\n"
            "Exit codes: 0 ended as asked, 1 could not start, 78 the configuration has mistakes.\n",
        .run = run};
}

}  // namespace weft
