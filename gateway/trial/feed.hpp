// Gives the bytes of a message to a RequestReader or ResponseReader as if they came over a
// connection.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace weft {

// As many as there is room for; they are taken off `bytes`. False if that is none.
template <class Reader>
bool feed(Reader& reader, std::string_view& bytes) {
    const std::span<char> room = reader.prepare();
    const std::string_view fits = bytes.substr(0, room.size());
    std::ranges::copy(fits, room.begin());
    reader.commit(fits.size());
    bytes.remove_prefix(fits.size());
    return !fits.empty();
}

}  // namespace weft
