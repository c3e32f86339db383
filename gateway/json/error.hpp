// Why a text is not the JSON that was asked for.
#pragma once

#include <cstdint>

namespace weft {

enum class JsonError : std::uint8_t {
    none,
    syntax,    // RFC 8259; at the first byte that no valid document has there, or at the end of the
               // text
    utf8,      // RFC 3629, inside a string; at the first byte of the ill-formed sequence
    too_deep,  // at the bracket that opens one level too many
    duplicate_key,  // at the opening quote of the second one
};

}  // namespace weft
