// A second reader of HTTP/1 requests, written from the grammar of RFC 9112 and RFC 9110 rule by
// rule. Clear and slow, all bytes at once; it shares nothing with gateway/http and knows none of
// the limits and stricter rules that Weft adds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "fuzz/grammar/body.hpp"
#include "fuzz/grammar/fields.hpp"
#include "fuzz/grammar/uri.hpp"

namespace weft::grammar {

struct Request {
    Verdict verdict = Verdict::refused;
    // Views are into the bytes that were read. What a verdict other than `accepted` leaves known is
    // what stands before the place where it fell.
    std::string_view method;
    std::string_view target;
    AbsoluteUri absolute;  // of an absolute-form; the authority of an authority-form, too
    Version version;
    FieldLines fields;
    bool persistent = false;
    bool chunked = false;
    bool other_codings = false;  // beside chunked
    std::string body;
    ChunkedSizes sizes;
    std::size_t end = 0;  // of the message in the bytes
};

// The message at the beginning of `bytes`.
Request read_request(std::string_view bytes);

}  // namespace weft::grammar
