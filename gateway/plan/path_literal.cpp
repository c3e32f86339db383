#include "plan/path_literal.hpp"

#include "http/characters.hpp"
#include "http/target.hpp"
#include "json/utf8.hpp"
#include "plan/percent.hpp"

namespace weft {
namespace {

bool is_utf8(std::string_view text) noexcept {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text.data(), text.data() + text.size());
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

// Of the first character; empty if it may stand in a path.
std::string_view fault_of(std::string_view text) noexcept {
    constexpr std::string_view refused_escapes{"\0\n\r/\\", 5};
    const char c = text.front();
    if (!is_in(field_value_characters, c) || c == '\t')
        return "a path cannot hold a control character";
    if (c == '?') return "a path cannot hold a query; a step has the key \"query\" for it";
    if (c == '#') return "a path cannot hold a fragment (\"#\")";
    if (c == '\\') return "a path cannot hold a backslash";
    if (c != '%') return {};
    const auto escaped = percent_escape(text);
    if (!escaped)
        return "\"%\" is not followed by two hex digits; a percent sign is written \"%25\"";
    if (refused_escapes.find(*escaped) == std::string_view::npos) return {};
    return "a path cannot hold %00, %0A, %0D, %2F or %5C";
}

}  // namespace

std::optional<TextFault> check_path_literal(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view message = fault_of(text.substr(i));
        if (!message.empty()) return TextFault{i, std::string{message}};
    }
    if (!is_utf8(percent_decode(text))) return TextFault{0, "the path is not UTF-8 when decoded"};
    return std::nullopt;
}

std::optional<TextFault> check_literal_segment(std::string_view segment) {
    const std::string decoded = percent_decode(segment);
    if (decoded != "." && decoded != "..") return std::nullopt;
    return TextFault{0, "a path cannot hold \".\" or \"..\" as a segment"};
}

std::string encoded_path_literal(std::string_view text) {
    std::string encoded;
    while (!text.empty()) {
        const auto escaped = percent_escape(text);
        if (escaped) {
            encoded += '%';
            for (const char digit : text.substr(1, 2)) {
                encoded += digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
            }
        } else if (is_in(path_characters, text.front())) {
            encoded += text.front();
        } else {
            append_percent_encoded(encoded, text.substr(0, 1));
        }
        text.remove_prefix(escaped ? 3 : 1);
    }
    return encoded;
}

bool is_parameter_name(std::string_view name) noexcept {
    constexpr CharacterClass characters = with(alphanumerics, "_");
    return !name.empty() && !is_in(digits, name.front()) && run_of(characters, name) == name.size();
}

}  // namespace weft
