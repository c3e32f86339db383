#include "config/yaml_syntax_error.hpp"

#include <yaml-cpp/exceptions.h>

#include <algorithm>
#include <array>
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

// Whether a `${` without quotes stands on the line up to the mistake: the usual cause.
bool is_after_expression(const SourceText& source, Position at) {
    const std::string_view line = source.line(at);
    const std::size_t expression = line.find("${");
    return expression != std::string_view::npos && expression <= at.column &&
           (expression == 0 || (line[expression - 1] != '"' && line[expression - 1] != '\''));
}

}  // namespace

Mistake syntax_mistake(const YAML::Exception& error, const SourceText& source) {
    const Position at = source.position(
        static_cast<std::uint32_t>(std::max(error.mark.line, 0)) + 1,
        static_cast<std::uint32_t>(std::max(error.mark.column, 0)) + 1
    );
    std::string message = message_for(error.msg);
    if (is_after_expression(source, at)) {
        message +=
            "; a value with \"${\" needs double quotes inside { } and [ ], and wherever it holds "
            "\": \" or \" #\"";
    }
    return {at, std::move(message)};
}

}  // namespace weft
