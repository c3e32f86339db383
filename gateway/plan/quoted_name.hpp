// The inside of `['...']`: RFC 9535 section 2.3.1, single-quoted only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "plan/text_fault.hpp"

namespace weft {

struct QuotedName {
    std::string name;     // decoded
    std::size_t end = 0;  // behind the closing quote, in bytes from the start of the scalar
};

// `open` is the offset of the opening quote.
OrFault<QuotedName> parse_quoted_name(std::string_view scalar, std::size_t open);

}  // namespace weft
