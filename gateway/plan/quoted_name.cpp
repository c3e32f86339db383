#include "plan/quoted_name.hpp"

#include <charconv>
#include <cstdint>
#include <optional>

namespace weft {
namespace {

void append_utf8(std::string& out, std::uint32_t code) {
    const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

// The four hex digits of `\uXXXX` at the start of `text`.
std::optional<std::uint32_t> code_unit(std::string_view text) {
    if (text.size() < 6 || !text.starts_with("\\u")) return std::nullopt;
    std::uint32_t code = 0;
    const char* const last = text.data() + 6;
    const auto [end, error] = std::from_chars(text.data() + 2, last, code, 16);
    if (error != std::errc{} || end != last) return std::nullopt;
    return code;
}

struct Unescaped {
    std::uint32_t code = 0;
    std::size_t length = 0;  // bytes of the escape
};

std::optional<Unescaped> unicode_escape(std::string_view text) {
    const auto first = code_unit(text);
    if (!first) return std::nullopt;
    if (*first < 0xD800 || *first > 0xDFFF) return Unescaped{*first, 6};
    const auto second = code_unit(text.substr(6));
    if (*first > 0xDBFF || !second || *second < 0xDC00 || *second > 0xDFFF) return std::nullopt;
    return Unescaped{0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00), 12};
}

// `text` starts with a backslash.
std::optional<Unescaped> unescape(std::string_view text) {
    constexpr std::string_view escapes = "'\\/bfnrt";
    constexpr std::string_view meanings = "'\\/\b\f\n\r\t";
    if (text.size() < 2) return std::nullopt;
    const std::size_t which = escapes.find(text[1]);
    if (which == std::string_view::npos) return unicode_escape(text);
    return Unescaped{static_cast<std::uint32_t>(meanings[which]), 2};
}

}  // namespace

OrFault<QuotedName> parse_quoted_name(std::string_view scalar, std::size_t open) {
    QuotedName parsed;
    std::size_t at = open + 1;
    while (at < scalar.size()) {
        const char c = scalar[at];
        if (c == '\'') {
            parsed.end = at + 1;
            return parsed;
        }
        if (c != '\\') {
            parsed.name += c;
            ++at;
            continue;
        }
        const auto unescaped = unescape(scalar.substr(at));
        if (!unescaped) {
            return TextFault{at, R"(not an escape; a backslash itself is "\\", a quote is "\'")"};
        }
        append_utf8(parsed.name, unescaped->code);
        at += unescaped->length;
    }
    return TextFault{open, "the quote is not closed"};
}

}  // namespace weft
