// Why RequestReader may refuse what the grammar allows: each reason with its clause.
#pragma once

#include <cstdint>
#include <string_view>

#include "fuzz/grammar/request.hpp"
#include "outcome/failure.hpp"

namespace weft::fuzz {

// The clause by which a request that has `read` in it, or begins with it, may be refused so; empty
// if there is none. `bytes` begin with the request, `body_limit` is what it was read with.
std::string_view stricter_rule(
    FailureKind refused,
    const grammar::Request& read,
    std::string_view bytes,
    std::uint64_t body_limit
);

}  // namespace weft::fuzz
