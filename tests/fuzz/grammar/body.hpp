// The bodies of RFC 9112 section 6.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "fuzz/grammar/cursor.hpp"

namespace weft::grammar {

enum class Verdict {
    accepted,
    incomplete,  // what is there can still become a message
    refused,
};

// How large the parts of a chunked body are, in bytes.
struct ChunkedSizes {
    std::size_t longest_line = 0;  // without its CRLF
    std::size_t extensions = 0;
    std::size_t largest_chunk_digits = 0;  // without leading zeros
    std::size_t largest_announced = 0;
    std::size_t trailers = 0;
    std::size_t trailer_fields = 0;
};

// chunked-body (section 7.1): appends the chunks' data to `body`. Where it does not match, `sizes`
// are those of what was read.
bool chunked_body(Cursor& in, std::string& body, ChunkedSizes& sizes);

// As many bytes as Content-Length says.
bool body_of_length(Cursor& in, std::uint64_t length, std::string& body);

}  // namespace weft::grammar
