// UTF8-char of RFC 3629 section 4, as its table.
#pragma once

#include "fuzz/grammar/cursor.hpp"

namespace weft::grammar {

// UTF8-1 included. Does not move where there is none.
bool utf8_char(Cursor& in);

bool is_utf8(std::string_view text);

}  // namespace weft::grammar
