// Characters of RFC 5234 appendix B.1, RFC 9110 section 5.6 and RFC 3986 section 2, spelt as there.
#pragma once

#include <string_view>

#include "fuzz/grammar/cursor.hpp"

namespace weft::grammar {

inline bool is_one_of(std::string_view set, char c) {
    return set.find(c) != std::string_view::npos;
}
inline bool alpha(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
inline bool digit(char c) { return c >= '0' && c <= '9'; }
inline bool hexdig(char c) { return digit(c) || is_one_of("ABCDEFabcdef", c); }
inline bool vchar(char c) { return c >= 0x21 && c <= 0x7e; }
inline bool obs_text(char c) { return static_cast<unsigned char>(c) >= 0x80; }
inline bool white(char c) { return c == ' ' || c == '\t'; }
inline bool tchar(char c) { return alpha(c) || digit(c) || is_one_of("!#$%&'*+-.^_`|~", c); }

inline bool unreserved(char c) { return alpha(c) || digit(c) || is_one_of("-._~", c); }
inline bool sub_delim(char c) { return is_one_of("!$&'()*+,;=", c); }

// OWS and BWS
inline void skip_white(Cursor& in) { in.any(white); }
inline bool token(Cursor& in) { return in.some(tchar); }
inline bool crlf(Cursor& in) { return in.literal("\r\n"); }

// quoted-string = DQUOTE *( qdtext / quoted-pair ) DQUOTE
inline bool quoted_string(Cursor& in) {
    const auto qdtext = [](char c) {
        return c != '"' && c != '\\' && (white(c) || vchar(c) || obs_text(c));
    };
    const auto quotable = [](char c) { return white(c) || vchar(c) || obs_text(c); };
    if (!in.literal('"')) return false;
    for (;;) {
        in.any(qdtext);
        if (in.literal('"')) return true;
        if (!in.literal('\\') || !in.one(quotable)) return false;
    }
}

// #element = [ element ] *( OWS "," OWS [ element ] ), as a recipient reads it (RFC 9110 section
// 5.6.1.2). element(in) reads one.
template <class Element>
bool list(Cursor& in, Element&& element) {
    for (;;) {
        skip_white(in);
        if (!in.at_end() && !in.is_next(',') && !element(in)) return false;
        skip_white(in);
        if (in.at_end()) return true;
        if (!in.literal(',')) return false;
    }
}

inline bool equal_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

}  // namespace weft::grammar
