// What the user asked the executable to do.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace weft {

// sysexits.h numbers, where it has one.
enum class ExitCode : int { fine = 0, failed = 1, usage = 64, configuration = 78 };

struct RunCommand {
    std::filesystem::path config;
};
struct CheckCommand {
    std::filesystem::path config;
};
// Something to print on standard output, and nothing else to do.
struct PrintCommand {
    std::string text;
};
struct WrongUsage {
    std::string message;
};

using Command = std::variant<RunCommand, CheckCommand, PrintCommand, WrongUsage>;

inline constexpr std::string_view default_config = "config/gateway.yaml";

// `arguments` without the program's name.
Command parse_command_line(std::span<const std::string_view> arguments);

}  // namespace weft
