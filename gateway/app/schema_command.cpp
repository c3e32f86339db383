#include "app/schema_command.hpp"

#include <iostream>

#include "config/diagnostics.hpp"
#include "config/reference.hpp"
#include "config/schema.hpp"

namespace weft {
namespace {

std::string tables(WordMap root) {
    std::string text;
    for (const WordMap& map : maps_of(std::move(root))) {
        if (!text.empty()) text += '\n';
        text += "## " + std::string{map.name} + "\n\n" + std::string{map.meaning} + "\n\n" +
                reference_table(map);
    }
    return text;
}

ExitCode schema(const CommandArguments& arguments) {
    const auto file = arguments.operand(0, "route");
    if (file != "gateway" && file != "route") {
        std::cerr << "weft: a schema is of gateway or route, not " << in_quotes(file) << '\n';
        return ExitCode::usage;
    }
    const bool is_gateway = file == "gateway";
    if (arguments.value("--format", "json") == "markdown") {
        std::cout << tables(is_gateway ? gateway_words() : route_words());
    } else {
        std::cout << (is_gateway ? gateway_schema() : routes_schema());
    }
    return ExitCode::fine;
}

}  // namespace

CommandWord schema_command() {
    return {
        .name = "schema",
        .operands = "[gateway|route]",
        .summary = "print the JSON Schema of the gateway file or of route files",
        .help =
            "Prints the JSON Schema (draft-07) of route files, or of the gateway file. An editor\n"
            "with yaml-language-server completes and checks a file that begins with\n"
            "  # yaml-language-server: $schema=FILE\n",
        .options = {{"--format", "a schema, or tables for people", "FORMAT", {"json", "markdown"}}},
        .run = schema};
}

}  // namespace weft
