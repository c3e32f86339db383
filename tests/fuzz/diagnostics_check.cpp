#include "fuzz/diagnostics_check.hpp"

#include <algorithm>
#include <string>

#include "fuzz/grammar/utf8.hpp"
#include "fuzz/target.hpp"

namespace weft::fuzz {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_control(char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }

}  // namespace

bool is_inside(Position at, std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    if (at.line == 0 || at.column == 0) return false;
    for (std::uint32_t line = 1; line < at.line; ++line) {
        const auto end = text.find('\n');
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end + 1);
    }
    return at.column <= std::min(text.find('\n'), text.size()) + 1;
}

void require_sound(const Diagnostics& diagnostics, std::string_view text) {
    require(diagnostics.has_errors() == (diagnostics.errors() > 0), "errors are counted");
    for (const Diagnostic& diagnostic : diagnostics.sorted()) {
        const std::string line = diagnostics.to_string(diagnostic);
        require(!diagnostic.message.empty(), "a message says something");
        require(std::ranges::none_of(line, is_control), "one line without control characters");
        require(grammar::is_utf8(line) || !grammar::is_utf8(text), "a message is UTF-8");
        if (diagnostic.at.file == Position::no_file) continue;
        require(is_inside(diagnostic.at, text), "its place is in the file: " + line);
    }
}

}  // namespace weft::fuzz
