#include "config/yaml_scalars.hpp"

#include <algorithm>

namespace weft {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view blanks_and_breaks = " \t\r\n";

std::size_t skip(std::string_view text, std::size_t from, std::string_view what) {
    return std::min(text.find_first_not_of(what, from), text.size());
}

std::size_t skip_to(std::string_view text, std::size_t from, std::string_view what) {
    return std::min(text.find_first_of(what, from), text.size());
}

// Past blanks, line ends and comments.
std::size_t skip_space(std::string_view text, std::size_t from) {
    while (true) {
        from = skip(text, from, blanks_and_breaks);
        if (from == text.size() || text[from] != '#') return from;
        from = skip_to(text, from, "\n");
    }
}

// Past `&anchor` and `!tag`; a plain scalar cannot begin with either.
std::size_t skip_properties(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
        at = skip_space(text, skip_to(text, at, blanks_and_breaks));
    }
    return at;
}

// Past the header line of a block scalar (`|`, `>-`), empty lines and the indentation.
std::size_t skip_block_header(std::string_view text, std::size_t from) {
    return skip(text, skip_to(text, from, "\n"), blanks_and_breaks);
}

// The number of bytes that stand in `written` as in `value`, on one line.
std::size_t common_prefix(std::string_view value, std::string_view written) {
    const std::size_t length = std::min(value.size(), written.size());
    std::size_t same = 0;
    while (same < length && value[same] == written[same] && value[same] != '\n') ++same;
    return same;
}

// `quoted` begins with its quote.
bool is_closed(std::string_view quoted) {
    const char quote = quoted[0];
    for (std::size_t i = 1; i < quoted.size(); ++i) {
        if (quote == '"' && quoted[i] == '\\') {
            ++i;
        } else if (quoted[i] == quote) {
            const bool doubled = quote == '\'' && i + 1 < quoted.size() && quoted[i + 1] == quote;
            if (!doubled) return true;
            ++i;
        }
    }
    return false;
}

bool looks_octal(std::string_view value) {
    if (value.starts_with('-') || value.starts_with('+')) value.remove_prefix(1);
    return value.size() > 1 && value[0] == '0' &&
           value.find_first_not_of("0123456789") == std::string_view::npos;
}

std::optional<Mistake> unclosed_quote(const SourceText& source, const ScalarEvent& scalar) {
    const std::string_view written = source.from(scalar.mark);
    const std::size_t start = skip_properties(written);
    if (start == written.size() || (written[start] != '"' && written[start] != '\'')) return {};
    if (is_closed(written.substr(start))) return std::nullopt;
    return Mistake{
        source.position(source.text().size() - written.size() + start), "this quote is not closed"};
}

std::string cut_hint(const SourceText& source, Position at, std::string_view value) {
    const std::string_view rest =
        source.from(at).substr(std::min(value.size(), std::size_t{at.verbatim}));
    const bool at_comment = rest.substr(skip(rest, 0, blanks)).starts_with('#');
    if (at_comment) {
        return "\"${\" is not closed: YAML ends a plain value at \" #\"; put the value in double "
               "quotes";
    }
    return "\"${\" is not closed; a value with blanks, \": \", \" #\" or braces in it is best put "
           "in double quotes";
}

}  // namespace

char content_start(const SourceText& source, Position mark) {
    const std::string_view written = source.from(mark);
    const std::size_t start = skip_properties(written);
    return start < written.size() ? written[start] : '\0';
}

Position content_position(const SourceText& source, const ScalarEvent& scalar) {
    const std::string_view written = source.from(scalar.mark);
    std::size_t start = skip_properties(written);
    if (!scalar.plain && start < written.size()) {
        const bool is_quoted = written[start] == '"' || written[start] == '\'';
        start = is_quoted ? start + 1 : skip_block_header(written, start);
    }
    // An empty or unusual scalar (a block of blank lines) has no first character to point at.
    Position at = start < written.size()
                      ? source.position(source.text().size() - written.size() + start)
                      : scalar.mark;
    at.verbatim = static_cast<std::uint32_t>(common_prefix(scalar.value, written.substr(start)));
    return at;
}

std::optional<Mistake> mistake_in(
    const SourceText& source, const ScalarEvent& scalar, Position at
) {
    if (!scalar.plain) return unclosed_quote(source, scalar);
    if (looks_octal(scalar.value)) {
        const std::string value(scalar.value);
        return Mistake{
            at,
            value +
                " is octal to some YAML readers and decimal to others: write the number "
                "without the leading zero, or \"" +
                value + "\" in quotes if it is text"};
    }
    if (const auto offset = unclosed_expression(scalar.value)) {
        return Mistake{inside(at, *offset), cut_hint(source, at, scalar.value)};
    }
    return std::nullopt;
}

bool has_tag(const SourceText& source, Position mark) {
    const std::string_view written = source.from(mark);
    const std::string_view properties = written.substr(0, skip_properties(written));
    for (std::size_t at = 0; at < properties.size();) {
        if (properties[at] == '!') return true;
        at = skip_space(properties, skip_to(properties, at, blanks_and_breaks));
    }
    return false;
}

std::optional<std::size_t> unclosed_expression(std::string_view text) {
    for (std::size_t at = text.find("${"); at < text.size(); at = text.find("${", at)) {
        if (at > 0 && text[at - 1] == '$') {
            at += 2;
            continue;
        }
        bool in_text = false;
        std::size_t end = at + 2;
        while (end < text.size() && (in_text || text[end] != '}')) {
            if (text[end] == '\'') in_text = !in_text;
            end += in_text && text[end] == '\\' ? 2 : 1;
        }
        if (end >= text.size()) return at;
        at = end;
    }
    return std::nullopt;
}

}  // namespace weft
