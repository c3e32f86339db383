#include "app/openapi_command.hpp"

#include <iostream>

#include "app/configuration.hpp"
#include "explain/openapi.hpp"

namespace weft {
namespace {

ExitCode write_openapi(const CommandArguments& arguments) {
    const auto config = arguments.operand(0, default_config);
    const Configuration configuration = read_configuration(config);
    if (!configuration.snapshot) {
        print_mistakes(configuration);
        return ExitCode::configuration;
    }
    const ApiDescription otherwise;
    const ApiDescription description{
        .title = arguments.value("--title", otherwise.title),
        .version = arguments.value("--api-version", otherwise.version),
        .server = arguments.value("--server", otherwise.server)};
    const ApiDocument document = openapi(*configuration.snapshot, description);
    for (const std::string& route : document.left_out) std::cerr << "weft: " << route << '\n';
    std::cout << document.json;
    return ExitCode::fine;
}

}  // namespace

CommandWord openapi_command() {
    return {
        .name = "openapi",
        .operands = "[CONFIG]",
        .summary = "print the composed API as an OpenAPI document",
        .help =
            "Prints an OpenAPI 3.1 document (JSON) of all routes of CONFIG (default:\n"
            "config/gateway.yaml), for the clients of the gateway: paths, what is read of a "
            "request,\n"
            "the shape of each answer as far as its plan knows it, and the problems it can have.\n"
            "A route that OpenAPI cannot tell from another one is left out, and named on standard\n"
            "error. Exit codes: 0 printed, 64 wrong usage, 78 the configuration has mistakes.\n",
        .options =
            {{"--title", "the API's name (Composed API)", "TEXT"},
             {"--api-version", "the version of the API (1)", "TEXT"},
             {"--server", "the gateway's URL as clients know it (/)", "URL"}},
        .run = write_openapi};
}

}  // namespace weft
