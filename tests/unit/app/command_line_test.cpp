#include "app/command_line.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace weft {
namespace {

using testing::HasSubstr;

Command parse(std::vector<std::string_view> arguments) { return parse_command_line(arguments); }

TEST(CommandLine, RunTakesTheConfigOrTheDefault) {
    EXPECT_EQ(std::get<RunCommand>(parse({"run", "a.yaml"})).config, "a.yaml");
    EXPECT_EQ(std::get<RunCommand>(parse({"run"})).config, "config/gateway.yaml");
}

TEST(CommandLine, CheckTakesTheConfigOrTheDefault) {
    EXPECT_EQ(std::get<CheckCommand>(parse({"check", "a.yaml"})).config, "a.yaml");
    EXPECT_EQ(std::get<CheckCommand>(parse({"check"})).config, "config/gateway.yaml");
}

TEST(CommandLine, HelpIsForEachCommandAndForAll) {
    EXPECT_THAT(std::get<PrintCommand>(parse({"--help"})).text, HasSubstr("weft COMMAND"));
    EXPECT_THAT(std::get<PrintCommand>(parse({"run", "--help"})).text, HasSubstr("weft run"));
    EXPECT_THAT(std::get<PrintCommand>(parse({"check", "x", "-h"})).text, HasSubstr("weft check"));
    EXPECT_THAT(std::get<PrintCommand>(parse({"--version"})).text, HasSubstr("weft 0."));
}

TEST(CommandLine, WhatItDoesNotKnowIsWrongUsage) {
    EXPECT_THAT(std::get<WrongUsage>(parse({})).message, HasSubstr("usage"));
    EXPECT_THAT(
        std::get<WrongUsage>(parse({"serve"})).message, HasSubstr("unknown command \"serve\"")
    );
    EXPECT_THAT(
        std::get<WrongUsage>(parse({"run", "-q"})).message, HasSubstr("unknown option \"-q\"")
    );
    EXPECT_THAT(std::get<WrongUsage>(parse({"check", "a", "b"})).message, HasSubstr("one CONFIG"));
}

}  // namespace
}  // namespace weft
