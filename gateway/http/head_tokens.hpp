// Splits a head that HeadScanner has found complete into its parts, by Beast's grammar. Decides
// nothing: a head that Beast refuses is refused, one that it takes has yet to be checked.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/fields.hpp"

namespace weft {

struct RequestTokens {
    std::string_view method;
    std::string_view target;
    int minor_version = 1;
    Fields fields;
};

struct ResponseTokens {
    std::uint16_t status = 0;
    int minor_version = 1;
    Fields fields;
};

// `reused` gives its memory to the result's fields. The views point into `head`.
std::optional<RequestTokens> tokenise_request(std::string_view head, Fields reused);
std::optional<ResponseTokens> tokenise_response(std::string_view head, Fields reused);

}  // namespace weft
