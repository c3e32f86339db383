#include "config/report.hpp"

#include <nlohmann/json.hpp>

#include "config/excerpt.hpp"

namespace weft {
namespace {

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view usual = "\x1b[0m";

std::string coloured(std::string_view text, std::string_view colour) {
    return std::string{colour} + std::string{text} + std::string{usual};
}

std::string_view colour_of(const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::error ? red : yellow;
}

std::string message_line(
    const Diagnostics& diagnostics, const Diagnostic& diagnostic, ReportStyle style
) {
    std::string line = diagnostics.to_string(diagnostic);
    if (style != ReportStyle::coloured || diagnostic.at.file == Position::no_file) return line;
    const std::size_t place = diagnostics.place(diagnostic.at).size();
    return coloured(line.substr(0, place), bold) + line.substr(place);
}

}  // namespace

std::string counted(std::size_t count, std::string_view noun) {
    return std::to_string(count) + ' ' + std::string{noun} + (count == 1 ? "" : "s");
}

std::string report_text(const Diagnostics& diagnostics, ReportStyle style) {
    std::string text;
    Excerpts excerpts;
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        text += message_line(diagnostics, diagnostic, style) + '\n';
        if (style == ReportStyle::lines || diagnostic.at.file == Position::no_file) continue;
        const Excerpt excerpt = excerpts.at(diagnostics.file(diagnostic.at.file), diagnostic.at);
        if (excerpt.line.empty()) continue;
        const bool has_colour = style == ReportStyle::coloured;
        const std::string caret = has_colour ? coloured("^", colour_of(diagnostic)) : "^";
        text += "    " + excerpt.line + "\n    " + std::string(excerpt.caret, ' ') + caret + '\n';
    }
    return text;
}

std::string report_json(const Diagnostics& diagnostics) {
    using Json = nlohmann::ordered_json;
    Json list = Json::array();
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        if (diagnostic.at.file == Position::no_file) continue;
        list.push_back(
            {{"file", diagnostics.file(diagnostic.at.file)},
             {"line", diagnostic.at.line},
             {"column", diagnostic.at.column},
             {"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
             {"message", diagnostic.message}}
        );
    }
    const Json report{
        {"errors", diagnostics.errors()},
        {"warnings", diagnostics.warnings()},
        {"diagnostics", std::move(list)}};
    // A file's name need not be UTF-8.
    return report.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string report_counts(const Diagnostics& diagnostics) {
    std::string text;
    if (diagnostics.errors() > 0) text = counted(diagnostics.errors(), "error");
    if (diagnostics.warnings() == 0) return text;
    return text + (text.empty() ? "" : ", ") + counted(diagnostics.warnings(), "warning");
}

}  // namespace weft
