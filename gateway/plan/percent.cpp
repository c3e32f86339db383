#include "plan/percent.hpp"

#include "http/characters.hpp"

namespace weft {
namespace {

// Cuts the first character, decoded, off `text`, which is not empty.
char take_decoded(std::string_view& text) noexcept {
    const auto escaped = percent_escape(text);
    const char first = escaped.value_or(text.front());
    text.remove_prefix(escaped ? 3 : 1);
    return first;
}

}  // namespace

std::optional<char> percent_escape(std::string_view text) noexcept {
    if (text.size() < 3 || text[0] != '%') return std::nullopt;
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    if (high < 0 || low < 0) return std::nullopt;
    return static_cast<char>(high * 16 + low);
}

void append_percent_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    while (!text.empty()) {
        const std::size_t plain = run_of(unreserved_characters, text);
        out.append(text, 0, plain);
        if (plain == text.size()) return;
        const auto byte = static_cast<unsigned char>(text[plain]);
        text.remove_prefix(plain + 1);
        out += '%';
        out += hex[byte >> 4];
        out += hex[byte & 15];
    }
}

int compare_percent_decoded(std::string_view encoded, std::string_view plain) noexcept {
    for (const char expected : plain) {
        if (encoded.empty()) return -1;
        const auto actual = static_cast<unsigned char>(take_decoded(encoded));
        const auto wanted = static_cast<unsigned char>(expected);
        if (actual != wanted) return actual < wanted ? -1 : 1;
    }
    return encoded.empty() ? 0 : 1;
}

}  // namespace weft
