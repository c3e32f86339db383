#include "app/command_line.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "app/commands.hpp"

namespace weft {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

ExitCode nothing(const CommandArguments&) { return ExitCode::fine; }

const std::vector<CommandWord> words{
    {.name = "look",
     .operands = "[CONFIG] ROUTE",
     .summary = "look at a route",
     .help = "Looks.\n",
     .options =
         {{"--format", "how it is printed", "FORMAT", {"text", "json", "mermaid"}},
          {"--name", "which", "NAME"},
          {"--all", "everything"}},
     .least_operands = 1,
     .most_operands = 2,
     .run = nothing},
    {.name = "rest", .operands = "", .summary = "", .help = "", .most_operands = 0, .run = nothing},
};

Asked parse(std::vector<std::string_view> arguments) {
    return parse_command_line(words, arguments);
}

CommandArguments arguments_of(std::vector<std::string_view> arguments) {
    return std::get<AskedCommand>(parse(std::move(arguments))).arguments;
}

std::string text(std::vector<std::string_view> arguments) {
    return std::get<AskedText>(parse(std::move(arguments))).text;
}

std::string problem(std::vector<std::string_view> arguments) {
    return std::get<WrongUsage>(parse(std::move(arguments))).message;
}

TEST(CommandLine, FindsTheCommandAndItsOperands) {
    const auto asked = std::get<AskedCommand>(parse({"look", "a.yaml", "b"}));
    EXPECT_EQ(asked.command, words.data());
    EXPECT_THAT(asked.arguments.operands(), ElementsAre("a.yaml", "b"));
    EXPECT_EQ(asked.arguments.operand(1, "x"), "b");
    EXPECT_EQ(asked.arguments.operand(2, "x"), "x");
}

TEST(CommandLine, TakesOptionsAnywhere) {
    for (const auto& given : std::vector<std::vector<std::string_view>>{
             {"look", "--format", "json", "--all", "r"},
             {"look", "r", "--all", "--format=json"},
             {"look", "--format=text", "r", "--format", "json", "--all"}}) {
        const auto arguments = arguments_of(given);
        EXPECT_EQ(arguments.value("--format", "text"), "json");
        EXPECT_TRUE(arguments.has("--all"));
        EXPECT_FALSE(arguments.has("--name"));
        EXPECT_EQ(arguments.value("--name", "none"), "none");
        EXPECT_THAT(arguments.operands(), ElementsAre("r"));
    }
    EXPECT_EQ(arguments_of({"look", "--name=a=b", "r"}).value("--name", ""), "a=b");
}

TEST(CommandLine, TakesWhatFollowsTwoDashesAsItIs) {
    EXPECT_THAT(arguments_of({"look", "--", "--all", "-h"}).operands(), ElementsAre("--all", "-h"));
}

TEST(CommandLine, MakesHelpFromItsWords) {
    EXPECT_EQ(
        text({"look", "x", "-h"}),
        "usage: weft look [--format FORMAT] [--name NAME] [--all] [CONFIG] ROUTE\n\n"
        "Looks.\n\n"
        "  --format FORMAT   how it is printed\n"
        "  --name NAME       which\n"
        "  --all             everything\n"
    );
    EXPECT_THAT(text({"--help"}), HasSubstr("\n  look      look at a route\n"));
    EXPECT_THAT(text({"--version"}), StartsWith("weft 0."));
}

TEST(CommandLine, SaysWhatItDoesNotUnderstand) {
    EXPECT_THAT(problem({}), StartsWith("usage: weft COMMAND"));
    EXPECT_THAT(problem({"lok"}), StartsWith("unknown command \"lok\" (did you mean \"look\"?)\n"));
    EXPECT_THAT(
        problem({"look", "--fromat", "json", "r"}),
        StartsWith("unknown option \"--fromat\" (did you mean \"--format\"?)\nusage: weft look ")
    );
    EXPECT_THAT(problem({"look", "-q"}), StartsWith("unknown option \"-q\"\n"));
    EXPECT_THAT(problem({"look", "r", "--format"}), StartsWith("\"--format\" needs a value\n"));
    EXPECT_THAT(problem({"look", "--all=1", "r"}), StartsWith("\"--all\" takes no value\n"));
    EXPECT_THAT(
        problem({"look", "r", "--format", "jsn"}),
        StartsWith(
            "\"--format\" is text, json or mermaid, not \"jsn\" (did you mean \"json\"?)\nusage: "
        )
    );
    EXPECT_THAT(problem({"look"}), StartsWith("an argument is missing\n"));
    EXPECT_THAT(problem({"look", "a", "b", "c"}), StartsWith("too many arguments: \"c\"\n"));
    EXPECT_THAT(
        problem({"rest", "a"}), StartsWith("too many arguments: \"a\"\nusage: weft rest\n")
    );
}

// A command without a function, or with help that is not whole lines, would be seen by users first.
TEST(Commands, AreWholeEntries) {
    std::vector<std::string_view> names;
    for (const CommandWord& command : commands()) {
        names.push_back(command.name);
        EXPECT_NE(command.run, nullptr) << command.name;
        EXPECT_FALSE(command.summary.empty()) << command.name;
        EXPECT_TRUE(command.help.ends_with('\n')) << command.name;
        EXPECT_LE(command.least_operands, command.most_operands) << command.name;
    }
    EXPECT_THAT(names, testing::IsSupersetOf({"run", "check"}));
}

}  // namespace
}  // namespace weft
