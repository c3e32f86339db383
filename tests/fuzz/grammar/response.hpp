// A second reader of HTTP/1 responses, as request.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "fuzz/grammar/body.hpp"
#include "fuzz/grammar/fields.hpp"

namespace weft::grammar {

struct Response {
    Verdict verdict = Verdict::refused;
    Version version;
    int status = 0;
    FieldLines fields;
    bool persistent = false;
    bool until_close = false;  // the body is all that follows, and never known to be complete
    std::string body;
    std::size_t end = 0;  // of the message in the bytes
};

// The first message in `bytes` that is not an interim one. A status line without the space before
// an absent reason-phrase passes (HTTP.md, "Answers from services").
Response read_final_response(std::string_view bytes, bool to_head_request);

}  // namespace weft::grammar
