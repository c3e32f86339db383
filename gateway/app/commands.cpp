#include "app/commands.hpp"

#include <iostream>

#include "app/check_command.hpp"
#include "app/explain_command.hpp"
#include "app/openapi_command.hpp"
#include "app/run_command.hpp"
#include "app/schema_command.hpp"
#include "app/test_command.hpp"

namespace weft {
namespace {

ExitCode obey(const AskedCommand& asked) { return asked.command->run(asked.arguments); }

ExitCode obey(const AskedText& asked) {
    std::cout << asked.text;
    return ExitCode::fine;
}

ExitCode obey(const WrongUsage& wrong) {
    std::cerr << "weft: " << wrong.message;
    return ExitCode::usage;
}

}  // namespace

std::span<const CommandWord> commands() {
    static const std::vector<CommandWord> all{
        run_command(),
        check_command(),
        explain_command(),
        test_command(),
        openapi_command(),
        schema_command(),
    };
    return all;
}

ExitCode execute(std::span<const std::string_view> arguments) {
    const Asked asked = parse_command_line(commands(), arguments);
    return std::visit([](const auto& each) { return obey(each); }, asked);
}

}  // namespace weft
