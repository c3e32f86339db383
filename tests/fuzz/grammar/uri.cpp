#include "fuzz/grammar/uri.hpp"

#include "fuzz/grammar/core_rules.hpp"

namespace weft::grammar {
namespace {

bool pct_encoded(Cursor& in) { return in.literal('%') && in.one(hexdig) && in.one(hexdig); }

// *( characters / pct-encoded ); false after a "%" that begins no triple.
template <class Characters>
bool encoded_text(Cursor& in, Characters&& characters) {
    for (;;) {
        in.any(characters);
        if (!in.is_next('%')) return true;
        if (!pct_encoded(in)) return false;
    }
}

bool reg_name_character(char c) { return unreserved(c) || sub_delim(c); }
bool pchar(char c) { return reg_name_character(c) || c == ':' || c == '@'; }

// segment = *pchar
bool segment(Cursor& in) { return encoded_text(in, pchar); }

// *( "/" segment )
bool segments(Cursor& in) {
    while (in.literal('/')) {
        if (!segment(in)) return false;
    }
    return true;
}

// dec-octet: 0 to 255 without leading zeros
bool dec_octet(Cursor& in) {
    const std::size_t begin = in.at();
    if (!in.some(digit)) return false;
    const std::string_view text = in.from(begin);
    if (text.size() > 3 || (text.size() > 1 && text[0] == '0')) return false;
    int value = 0;
    for (const char c : text) value = value * 10 + (c - '0');
    return value <= 255;
}

bool ipv4_address(Cursor& in) {
    for (int octet = 0; octet < 4; ++octet) {
        if (octet > 0 && !in.literal('.')) return false;
        if (!dec_octet(in)) return false;
    }
    return true;
}

// h16 = 1*4HEXDIG
bool h16(Cursor& in) {
    const std::size_t begin = in.at();
    return in.some(hexdig) && in.at() - begin <= 4;
}

// The nine forms of IPv6address come to this: groups of 16 bits, the last two maybe written as an
// IPv4address; eight of them, or fewer around one "::".
bool ipv6_address(Cursor& in) {
    int groups = 0;
    bool compressed = in.rest().starts_with("::") && in.literal("::");
    while (!in.is_next(']')) {
        const std::size_t begin = in.at();
        if (is_all(in.rest().substr(0, in.rest().find(']')), ipv4_address)) {
            groups += 2;
            ipv4_address(in);
            break;
        }
        in.back_to(begin);
        if (!h16(in)) return false;
        ++groups;
        if (in.is_next(']')) break;
        if (!in.literal(':')) return false;
        if (in.is_next(']')) return false;
        if (in.is_next(':')) {
            if (compressed) return false;
            compressed = in.literal(':');
        }
    }
    return compressed ? groups <= 7 : groups == 8;
}

// IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
bool ipv_future(Cursor& in) {
    const auto character = [](char c) { return reg_name_character(c) || c == ':'; };
    if (!in.literal(in.is_next('V') ? 'V' : 'v')) return false;
    return in.some(hexdig) && in.literal('.') && in.some(character);
}

}  // namespace

bool path_abempty(Cursor& in) { return segments(in); }

bool query(Cursor& in) {
    return encoded_text(in, [](char c) { return pchar(c) || c == '/' || c == '?'; });
}

bool origin_form(Cursor& in) {
    if (!in.is_next('/') || !segments(in)) return false;
    return !in.literal('?') || query(in);
}

bool host(Cursor& in) {
    if (!in.literal('[')) return encoded_text(in, reg_name_character);  // covers IPv4address
    const bool future = in.is_next('v') || in.is_next('V');
    if (!(future ? ipv_future(in) : ipv6_address(in))) return false;
    return in.literal(']');
}

bool host_and_port(Cursor& in, Authority& read) {
    const std::size_t begin = in.at();
    if (!host(in)) return false;
    read.host = in.from(begin);
    const std::size_t port = in.at();
    if (in.literal(':')) in.any(digit);
    read.port = in.from(port);
    return true;
}

bool authority(Cursor& in, Authority& read) {
    const std::size_t begin = in.at();
    const auto userinfo = [](char c) { return reg_name_character(c) || c == ':'; };
    if (encoded_text(in, userinfo) && in.literal('@')) {
        read.userinfo = in.from(begin);
    } else {
        in.back_to(begin);
    }
    return host_and_port(in, read);
}

bool absolute_uri(Cursor& in, AbsoluteUri& read) {
    const auto scheme = [](char c) { return alpha(c) || digit(c) || is_one_of("+-.", c); };
    if (!in.one(alpha)) return false;
    in.any(scheme);
    read.scheme = in.from(0);
    if (!in.literal(':')) return false;
    read.has_authority = in.rest().starts_with("//") && in.literal("//");
    if (read.has_authority && !authority(in, read.authority)) return false;
    const std::size_t path = in.at();
    // Without an authority: path-absolute, path-rootless or path-empty.
    if (!read.has_authority && !in.is_next('/') && !segment(in)) return false;
    if (!segments(in)) return false;
    read.path = in.from(path);
    if (in.literal('?') && !query(in)) return false;
    read.path_and_query = in.from(path);
    return true;
}

}  // namespace weft::grammar
