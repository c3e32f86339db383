#include "config/yaml_syntax_error.hpp"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft {
namespace {

struct Translation {
    std::string_view theirs;  // how yaml-cpp's message begins
    std::string_view ours;
};

const std::array translations{
    Translation{
        YAML::ErrorMsg::MAP_VALUE,
        "a \":\" that YAML does not expect here: check the indentation, and put a value that "
        "holds \": \" in double quotes"},
    Translation{YAML::ErrorMsg::END_OF_MAP_FLOW, "\"}\" or \",\" is missing here"},
    Translation{YAML::ErrorMsg::END_OF_SEQ_FLOW, "\"]\" or \",\" is missing here"},
    Translation{
        YAML::ErrorMsg::END_OF_MAP,
        "a key with \":\" is missing here: check the indentation of this line and the one before"},
    Translation{
        YAML::ErrorMsg::END_OF_SEQ,
        "an item with \"- \" is missing here: check the indentation of this line and the one "
        "before"},
    Translation{YAML::ErrorMsg::TAB_IN_INDENTATION, "a tab in the indentation: use spaces"},
    Translation{
        YAML::ErrorMsg::UNKNOWN_TOKEN,
        "a value cannot begin with this character: put the value in double quotes"},
    Translation{
        YAML::ErrorMsg::BLOCK_ENTRY, "a list cannot begin here: put \"- \" on a line of its own"},
    Translation{YAML::ErrorMsg::FLOW_END, "this bracket closes nothing"},
    Translation{YAML::ErrorMsg::EOF_IN_SCALAR, "the quote before this is not closed"},
    Translation{YAML::ErrorMsg::BAD_FILE, "values are nested too deeply here"},
    Translation{YAML::ErrorMsg::UNKNOWN_ANCHOR, "this alias names no anchor before it"},
    Translation{
        YAML::ErrorMsg::CHAR_IN_ALIAS,
        "a value cannot begin with \"*\" unless it is an alias: put it in double quotes"},
    Translation{
        YAML::ErrorMsg::ALIAS_NOT_FOUND,
        "a value cannot begin with \"*\" unless it is an alias: put it in double quotes"},
    Translation{
        YAML::ErrorMsg::INVALID_ESCAPE,
        "this escape does not exist in double quotes: write \\\\ for a backslash, or use single "
        "quotes"},
};

std::string message_for(const std::string& theirs) {
    const auto found =
        std::find_if(translations.begin(), translations.end(), [&](const Translation& translation) {
            return theirs.starts_with(translation.theirs);
        });
    if (found != translations.end()) return std::string(found->ours);
    return "this is not YAML: " + theirs;
}

// The usual causes of a mistake that shows only behind them.
enum class Cause : std::uint8_t { other, expression, parameter };

// By what stands without quotes on the line up to the mistake: `${`, or `{` inside a value.
Cause cause_of(const SourceText& source, Position at) {
    const std::string_view line = source.line(at).substr(0, at.column);
    const std::size_t expression = line.find("${");
    if (expression != std::string_view::npos &&
        (expression == 0 || (line[expression - 1] != '"' && line[expression - 1] != '\''))) {
        return Cause::expression;
    }
    constexpr std::string_view begins_a_map = " {[,:";
    char quote = '\0';
    for (std::size_t i = 1; i < line.size(); ++i) {
        if (quote != '\0') {
            if (line[i] == quote) quote = '\0';
        } else if (line[i] == '"' || line[i] == '\'') {
            quote = line[i];
        } else if (line[i] == '{' && begins_a_map.find(line[i - 1]) == std::string_view::npos) {
            return Cause::parameter;
        }
    }
    return Cause::other;
}

std::string_view hint_for(Cause cause) {
    switch (cause) {
        case Cause::expression:
            return "; a value with \"${\" needs double quotes inside { } and [ ], and wherever it "
                   "holds \": \" or \" #\"";
        case Cause::parameter:
            return "; a value with \"{\" needs double quotes inside { } and [ ]";
        case Cause::other:
            break;
    }
    return "";
}

}  // namespace

Mistake syntax_mistake(const YAML::Exception& error, const SourceText& source) {
    const Position at = source.position(
        static_cast<std::uint32_t>(std::max(error.mark.line, 0)) + 1,
        static_cast<std::uint32_t>(std::max(error.mark.column, 0)) + 1
    );
    const std::string_view line = source.line(at);
    const std::string_view indentation = line.substr(0, line.find_first_not_of(" \t"));
    // Where yaml-cpp takes the tab for a part of the key.
    if (error.msg == YAML::ErrorMsg::MAP_VALUE &&
        indentation.find('\t') != std::string_view::npos) {
        return {at, message_for(YAML::ErrorMsg::TAB_IN_INDENTATION)};
    }
    std::string message = message_for(error.msg);
    message += hint_for(cause_of(source, at));
    return {at, std::move(message)};
}

}  // namespace weft
