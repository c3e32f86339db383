#include "fuzz/grammar/json.hpp"

#include <cstdint>
#include <utility>

#include "fuzz/grammar/core_rules.hpp"
#include "fuzz/grammar/utf8.hpp"

namespace weft::grammar {
namespace {

void ws(Cursor& in) {
    in.any([](char c) { return is_one_of(" \t\n\r", c); });
}

// number = [ minus ] int [ frac ] [ exp ]
bool number(Cursor& in) {
    if (in.is_next('-')) in.literal('-');
    const bool is_zero = in.is_next('0');
    if (is_zero ? !in.literal('0') : !in.some(digit)) return false;
    if (in.literal('.') && !in.some(digit)) return false;
    if (!in.one([](char c) { return c == 'e' || c == 'E'; })) return true;
    in.one([](char c) { return c == '-' || c == '+'; });
    return in.some(digit);
}

bool escape(Cursor& in) {
    if (!in.literal('u')) {
        return in.one([](char c) { return is_one_of("\"\\/bfnrt", c); });
    }
    for (int i = 0; i < 4; ++i) {
        if (!in.one(hexdig)) return false;
    }
    return true;
}

class Reader {
  public:
    Reader(std::string_view text, std::size_t max_depth) : in_{text}, max_depth_{max_depth} {}

    // JSON-text = ws value ws
    JsonReading read() {
        JsonReading reading;
        ws(in_);
        bool matches = value(reading.root, 0);
        if (matches) ws(in_);
        matches = matches && in_.at_end();
        if (!matches) reading.error = error_;
        reading.at = in_.at();
        return reading;
    }

  private:
    bool value(JsonNode& node, std::size_t depth) {
        const std::size_t begin = in_.at();
        if (!content(node, depth)) return false;
        node.text = in_.from(begin);
        return true;
    }

    bool content(JsonNode& node, std::size_t depth) {
        switch (in_.next()) {
            case '{':
            case '[':
                if (depth == max_depth_) return fail(JsonError::too_deep);
                return in_.is_next('{') ? object(node, depth + 1) : array(node, depth + 1);
            case '"':
                return string();
            case 't':
                return in_.literal("true");
            case 'f':
                return in_.literal("false");
            case 'n':
                return in_.literal("null");
            default:
                return number(in_);
        }
    }

    // [ element *( value-separator element ) ], and what closes it. element() reads one.
    template <class Element>
    bool separated(char close, Element&& element) {
        ws(in_);
        if (in_.literal(close)) return true;
        for (;;) {
            if (!element()) return false;
            ws(in_);
            if (in_.literal(close)) return true;
            if (!in_.literal(',')) return false;
            ws(in_);
        }
    }

    bool array(JsonNode& node, std::size_t depth) {
        in_.literal('[');
        return separated(']', [&] { return value(node.elements.emplace_back(), depth); });
    }

    bool object(JsonNode& node, std::size_t depth) {
        in_.literal('{');
        return separated('}', [&] {
            const std::size_t begin = in_.at();
            if (!string()) return false;
            JsonMemberNode& member = node.members.emplace_back();
            member.name = in_.from(begin);
            ws(in_);
            if (!in_.literal(':')) return false;
            ws(in_);
            return value(member.value, depth);
        });
    }

    // string = quotation-mark *char quotation-mark
    bool string() {
        if (!in_.literal('"')) return false;
        while (!in_.literal('"')) {
            if (in_.literal('\\')) {
                if (!escape(in_)) return false;
                continue;
            }
            if (in_.at_end() || (in_.next() >= 0 && in_.next() < 0x20)) return false;
            if (!utf8_char(in_)) return fail(JsonError::utf8);
        }
        return true;
    }

    bool fail(JsonError error) {
        error_ = error;
        return false;
    }

    Cursor in_;
    std::size_t max_depth_;
    JsonError error_ = JsonError::syntax;
};

std::uint32_t four_hexdig(std::string_view text) {
    std::uint32_t code = 0;
    for (const char c : text.substr(0, 4)) {
        code = code * 16 + static_cast<std::uint32_t>(digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return code;
}

// RFC 3629 section 3
void append_utf8(std::string& out, std::uint32_t code) {
    const auto add = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    const auto add_tail = [&](int shift) { add(0x80U | (code >> shift & 0x3FU)); };
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xC0U | code >> 6);
    } else if (code < 0x10000) {
        add(0xE0U | code >> 12);
        add_tail(6);
    } else {
        add(0xF0U | code >> 18);
        add_tail(12);
        add_tail(6);
    }
    add_tail(0);
}

// Behind `\u`; false for a lone surrogate.
bool append_escaped(std::string& out, Cursor& in) {
    std::uint32_t code = four_hexdig(in.rest());
    in.skip(4);
    if (code >= 0xDC00 && code <= 0xDFFF) return false;
    if (code >= 0xD800 && code <= 0xDBFF) {
        if (!in.literal("\\u")) return false;
        const std::uint32_t low = four_hexdig(in.rest());
        in.skip(4);
        if (low < 0xDC00 || low > 0xDFFF) return false;
        code = 0x10000 + (code - 0xD800) * 0x400 + (low - 0xDC00);
    }
    append_utf8(out, code);
    return true;
}

}  // namespace

JsonReading read_json(std::string_view text, std::size_t max_depth) {
    return Reader{text, max_depth}.read();
}

std::optional<std::string> characters(std::string_view string) {
    constexpr std::string_view names = "bfnrt";
    constexpr std::string_view meanings = "\b\f\n\r\t";
    std::string out;
    Cursor in{string.substr(1, string.size() - 2)};
    while (!in.at_end()) {
        const char c = in.next();
        in.skip(1);
        if (c != '\\') {
            out += c;
            continue;
        }
        const char escaped = in.next();
        in.skip(1);
        const auto name = names.find(escaped);
        if (escaped == 'u') {
            if (!append_escaped(out, in)) return std::nullopt;
        } else {
            out += name == std::string_view::npos ? escaped : meanings[name];
        }
    }
    return out;
}

}  // namespace weft::grammar
