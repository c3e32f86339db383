// Splits a head that HeadScanner has found complete into its parts. A client's goes through Beast's
// grammar as well: a head that Beast refuses is refused, one that it takes has yet to be checked.
// Of a service's answer the ranges that the scanner has noted are enough: there are several to each
// request, and a second pass over them costs as much again as the first.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "http/fields.hpp"
#include "http/head_scanner.hpp"

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
// `bytes`: what was scanned.
ResponseTokens tokens_of_response(
    const HeadScanner& scanned, std::string_view bytes, Fields reused
);

}  // namespace weft
