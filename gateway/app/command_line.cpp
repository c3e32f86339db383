#include "app/command_line.hpp"

#include <algorithm>
#include <array>

namespace weft {
namespace {

struct CommandWord {
    std::string_view name;
    std::string_view help;
    Command (*make)(std::filesystem::path config);
};

constexpr std::array command_words{
    CommandWord{
        "run",
        "usage: weft run [CONFIG]\n\n"
        "Serves the routes of CONFIG (default: config/gateway.yaml) until it is told to stop.\n"
        "SIGTERM finishes the requests that are in work, then ends; a second one ends at once.\n"
        "Exit codes: 0 ended as asked, 1 could not start, 78 the configuration has mistakes.\n",
        [](std::filesystem::path config) -> Command { return RunCommand{std::move(config)}; }},
    CommandWord{
        "check",
        "usage: weft check [CONFIG]\n\n"
        "Reads CONFIG (default: config/gateway.yaml) and its routes and prints every mistake as\n"
        "file:line:column: message. Starts nothing.\n"
        "Exit codes: 0 no mistake, 78 mistakes.\n",
        [](std::filesystem::path config) -> Command { return CheckCommand{std::move(config)}; }},
};

constexpr std::string_view overview =
    "usage: weft COMMAND [CONFIG]\n\n"
    "  run     serve the routes of CONFIG (default: config/gateway.yaml)\n"
    "  check   print every mistake in CONFIG and its routes\n\n"
    "  weft COMMAND --help   more about a command\n"
    "  weft --version        the version\n";

bool asks_for_help(std::string_view word) { return word == "--help" || word == "-h"; }

Command parse_arguments(const CommandWord& command, std::span<const std::string_view> arguments) {
    if (std::ranges::any_of(arguments, asks_for_help))
        return PrintCommand{std::string{command.help}};
    for (const auto argument : arguments) {
        if (argument.starts_with('-')) {
            return WrongUsage{
                "unknown option \"" + std::string{argument} + "\"\n" + std::string{command.help}};
        }
    }
    if (arguments.size() > 1) return WrongUsage{"one CONFIG at most\n" + std::string{command.help}};
    return command.make(arguments.empty() ? default_config : arguments.front());
}

}  // namespace

Command parse_command_line(std::span<const std::string_view> arguments) {
    if (arguments.empty()) return WrongUsage{std::string{overview}};
    const auto word = arguments.front();
    if (asks_for_help(word)) return PrintCommand{std::string{overview}};
    if (word == "--version") return PrintCommand{"weft " WEFT_VERSION "\n"};
    const auto command = std::ranges::find(command_words, word, &CommandWord::name);
    if (command == command_words.end()) {
        return WrongUsage{
            "unknown command \"" + std::string{word} + "\"\n" + std::string{overview}};
    }
    return parse_arguments(*command, arguments.subspan(1));
}

}  // namespace weft
