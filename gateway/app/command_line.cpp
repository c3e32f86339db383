#include "app/command_line.hpp"

#include <algorithm>
#include <optional>

#include "config/diagnostics.hpp"

namespace weft {
namespace {

bool asks_for_help(std::string_view word) { return word == "--help" || word == "-h"; }

std::string option_usage(const CommandOption& option) {
    std::string text{option.name};
    if (!option.value.empty()) (text += ' ') += option.value;
    return text;
}

std::string usage(const CommandWord& command) {
    std::string text = "usage: weft " + std::string{command.name};
    for (const auto& option : command.options) text += " [" + option_usage(option) + ']';
    if (!command.operands.empty()) (text += ' ') += command.operands;
    return text + '\n';
}

std::string help(const CommandWord& command) {
    std::string text = usage(command) + '\n' + std::string{command.help};
    if (!command.options.empty()) text += '\n';
    std::size_t width = 0;
    for (const auto& option : command.options) width = std::max(width, option_usage(option).size());
    for (const auto& option : command.options) {
        std::string column = option_usage(option);
        column.resize(width + 3, ' ');
        text += "  " + column + std::string{option.help} + '\n';
    }
    return text;
}

std::string overview(std::span<const CommandWord> commands) {
    std::string text = "usage: weft COMMAND\n\n";
    for (const auto& command : commands) {
        std::string column{command.name};
        column.resize(std::max<std::size_t>(column.size() + 1, 10), ' ');
        text += "  " + column + std::string{command.summary} + '\n';
    }
    return text +
           "\n  weft COMMAND --help   more about a command\n"
           "  weft --version        the version\n";
}

class ArgumentParser {
  public:
    ArgumentParser(const CommandWord& command, std::span<const std::string_view> left)
        : command_{command}, left_{left} {}

    Asked parse();

  private:
    void read_option(std::string_view word);
    void check_value(const CommandOption& option, std::string_view value);
    void check_operands();
    void refuse(std::string problem) {
        if (!wrong_) wrong_ = WrongUsage{std::move(problem) + '\n' + usage(command_)};
    }

    const CommandWord& command_;
    std::span<const std::string_view> left_;
    CommandArguments arguments_;
    std::optional<WrongUsage> wrong_;
};

Asked ArgumentParser::parse() {
    bool may_be_option = true;
    while (!left_.empty() && !wrong_) {
        const auto word = left_.front();
        left_ = left_.subspan(1);
        if (may_be_option && asks_for_help(word)) return AskedText{help(command_)};
        if (may_be_option && word == "--") {
            may_be_option = false;
        } else if (may_be_option && word.starts_with('-')) {
            read_option(word);
        } else {
            arguments_.add_operand(word);
        }
    }
    check_operands();
    if (wrong_) return std::move(*wrong_);
    return AskedCommand{&command_, std::move(arguments_)};
}

void ArgumentParser::read_option(std::string_view word) {
    const auto name = word.substr(0, word.find('='));
    const auto found = std::ranges::find(command_.options, name, &CommandOption::name);
    if (found == command_.options.end()) {
        std::vector<std::string_view> known;
        for (const auto& option : command_.options) known.push_back(option.name);
        return refuse("unknown option " + in_quotes(name) + did_you_mean(name, known));
    }
    std::string_view value;
    if (name.size() < word.size()) {
        value = word.substr(name.size() + 1);
        if (found->value.empty()) return refuse(in_quotes(name) + " takes no value");
    } else if (!found->value.empty()) {
        if (left_.empty()) return refuse(in_quotes(name) + " needs a value");
        value = left_.front();
        left_ = left_.subspan(1);
    }
    check_value(*found, value);
    arguments_.add_option(found->name, value);
}

void ArgumentParser::check_value(const CommandOption& option, std::string_view value) {
    if (option.one_of.empty() || std::ranges::count(option.one_of, value) > 0) return;
    std::string choices;
    for (const auto& choice : option.one_of) {
        if (!choices.empty()) choices += choice == option.one_of.back() ? " or " : ", ";
        choices += choice;
    }
    refuse(
        in_quotes(option.name) + " is " + choices + ", not " + in_quotes(value) +
        did_you_mean(value, option.one_of)
    );
}

void ArgumentParser::check_operands() {
    const std::size_t count = arguments_.operands().size();
    if (count > command_.most_operands) {
        refuse("too many arguments: " + in_quotes(arguments_.operands()[command_.most_operands]));
    }
    if (count < command_.least_operands) refuse("an argument is missing");
}

}  // namespace

std::string_view CommandArguments::operand(std::size_t index, std::string_view otherwise) const {
    return index < operands_.size() ? operands_[index] : otherwise;
}

bool CommandArguments::has(std::string_view option) const {
    return std::ranges::any_of(options_, [&](const auto& given) { return given.first == option; });
}

std::string_view CommandArguments::value(std::string_view option, std::string_view otherwise)
    const {
    const auto last = std::find_if(options_.rbegin(), options_.rend(), [&](const auto& given) {
        return given.first == option;
    });
    return last == options_.rend() ? otherwise : last->second;
}

Asked parse_command_line(
    std::span<const CommandWord> commands, std::span<const std::string_view> arguments
) {
    if (arguments.empty()) return WrongUsage{overview(commands)};
    const auto word = arguments.front();
    if (asks_for_help(word)) return AskedText{overview(commands)};
    if (word == "--version") return AskedText{"weft " WEFT_VERSION "\n"};
    const auto command = std::ranges::find(commands, word, &CommandWord::name);
    if (command == commands.end()) {
        std::vector<std::string_view> known;
        for (const auto& each : commands) known.push_back(each.name);
        return WrongUsage{
            "unknown command " + in_quotes(word) + did_you_mean(word, known) + '\n' +
            overview(commands)};
    }
    return ArgumentParser{*command, arguments.subspan(1)}.parse();
}

}  // namespace weft
