// How long a message's body is, decided from its checked fields and nothing else (RFC 9112
// section 6.3, and stricter: HTTP.md, "Requests" and "Answers from services").
#pragma once

#include <cstdint>
#include <string_view>

#include "http/fields.hpp"
#include "http/hop_by_hop.hpp"
#include "http/message.hpp"
#include "outcome/result.hpp"

namespace weft {

// How often a field occurs, and its first value.
struct Occurrence {
    std::size_t count = 0;
    std::string_view value;
};

Occurrence occurrence(const Fields& fields, std::string_view name) noexcept;

// What the fields of a message say about its body and its connection, found in one pass over them.
struct FramingFields {
    explicit FramingFields(const Fields& fields) noexcept;

    Occurrence content_length;
    Occurrence transfer_encoding;
    Occurrence keep_alive;
    ConnectionOptions connection;
    bool is_identity = true;  // no Content-Encoding names another coding
};

// Fails with bad_request or request_coding_unknown.
Result<BodyFraming> request_framing(const FramingFields& fields, int minor_version);

// Of an answer that may have a body. Fails with protocol or transfer_coding.
Result<BodyFraming> response_framing(const FramingFields& fields, int minor_version);

// Whether the connection stays open after the message (RFC 9112 section 9.3).
bool asks_to_keep_alive(const ConnectionOptions& options, int minor_version) noexcept;

// Whether Connection names a field that says where the message ends or whom it is for.
bool nominates_framing(const ConnectionOptions& options) noexcept;

}  // namespace weft
