// UTF-8 as RFC 3629 allows it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace weft {

// The length in bytes of the valid sequence that `text` begins with: 1 to 4; 0 if there is none.
std::size_t utf8_sequence_length(std::string_view text) noexcept;

}  // namespace weft
