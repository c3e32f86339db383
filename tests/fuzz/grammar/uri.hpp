// The rules of RFC 3986 that RFC 9112 section 3.2 and RFC 9110 section 7.2 refer to.
#pragma once

#include <string_view>

#include "fuzz/grammar/cursor.hpp"

namespace weft::grammar {

bool path_abempty(Cursor& in);
bool query(Cursor& in);
// absolute-path [ "?" query ]
bool origin_form(Cursor& in);

// What stands in a URI where there is a host. Views into the text that was read.
struct Authority {
    std::string_view userinfo;  // with its "@"
    std::string_view host;
    std::string_view port;  // with its ":"
};

bool host(Cursor& in);
// uri-host [ ":" port ]
bool host_and_port(Cursor& in, Authority& read);
// [ userinfo "@" ] host [ ":" port ]
bool authority(Cursor& in, Authority& read);

struct AbsoluteUri {
    std::string_view scheme;
    bool has_authority = false;
    Authority authority;
    std::string_view path;
    std::string_view path_and_query;
};

// absolute-URI = scheme ":" hier-part [ "?" query ]
bool absolute_uri(Cursor& in, AbsoluteUri& read);

}  // namespace weft::grammar
