// The commands of the executable as data, and what the user asked for. A command with its options
// is one CommandWord; its help and the overview are made from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weft {

// sysexits.h numbers, where it has one.
enum class ExitCode : int { fine = 0, failed = 1, usage = 64, configuration = 78 };

inline constexpr std::string_view default_config = "config/gateway.yaml";

// Written `--format json` or `--format=json`.
struct CommandOption {
    std::string_view name;  // with its dashes
    std::string_view help;
    std::string_view value = {};             // what the help calls its value; empty: it takes none
    std::vector<std::string_view> one_of{};  // what the value may be; empty: anything
};

// What follows the command's word; views into the command line.
class CommandArguments {
  public:
    const std::vector<std::string_view>& operands() const noexcept { return operands_; }
    std::string_view operand(std::size_t index, std::string_view otherwise) const;
    bool has(std::string_view option) const;
    // The last one given.
    std::string_view value(std::string_view option, std::string_view otherwise) const;

    void add_operand(std::string_view operand) { operands_.push_back(operand); }
    void add_option(std::string_view option, std::string_view value) {
        options_.emplace_back(option, value);
    }

  private:
    std::vector<std::string_view> operands_;
    std::vector<std::pair<std::string_view, std::string_view>> options_;
};

struct CommandWord {
    std::string_view name;
    std::string_view operands;  // as the usage shows them: `[CONFIG]`
    std::string_view summary;   // for the overview
    std::string_view help;      // whole lines
    std::vector<CommandOption> options{};
    std::size_t least_operands = 0;
    std::size_t most_operands = 1;
    ExitCode (*run)(const CommandArguments& arguments) = nullptr;
};

struct AskedCommand {
    const CommandWord* command = nullptr;
    CommandArguments arguments;
};
// Something to print on standard output, and nothing else to do.
struct AskedText {
    std::string text;
};
struct WrongUsage {
    std::string message;
};

using Asked = std::variant<AskedCommand, AskedText, WrongUsage>;

// `arguments` without the program's name.
Asked parse_command_line(
    std::span<const CommandWord> commands, std::span<const std::string_view> arguments
);

}  // namespace weft
