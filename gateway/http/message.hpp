// A checked message head, as the readers hand it out: nothing in it needs checking again. Views
// point into the reader's buffer and hold until the reader is asked for the next message.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "http/fields.hpp"

namespace weft {

// The methods a route can have, and two that are refused whatever the route says.
enum class Method : std::uint8_t { get, head, post, put, patch, del, options, connect, trace };

std::string_view to_string(Method method) noexcept;
std::optional<Method> parse_method(std::string_view text
) noexcept;                                  // case-sensitive (RFC 9110 section 9.1)
bool is_idempotent(Method method) noexcept;  // RFC 9110 section 9.2.2

// How the end of a body is found (RFC 9112 section 6).
enum class Framing : std::uint8_t { none, length, chunked, until_close };

struct BodyFraming {
    Framing framing = Framing::none;
    std::uint64_t length = 0;  // bytes, for Framing::length
};

struct RequestHead {
    Method method = Method::get;
    std::string_view target;  // as checked: origin-form, or "*" for OPTIONS; absolute-form has been
                              // cut to origin-form
    std::string_view path;    // of the target, still percent-encoded
    std::string_view query;   // of the target, without "?"; empty if there is none
    std::string_view authority;  // the Host field, or the absolute-form's authority
    int minor_version = 1;       // HTTP/1.x
    Fields fields;
    BodyFraming body;
    bool keep_alive = true;  // what the version and Connection ask for
    bool expect_continue = false;
};

struct ResponseHead {
    std::uint16_t status = 0;
    int minor_version = 1;
    Fields fields;
    BodyFraming body;
    bool keep_alive = true;
    // How long the service keeps the connection when it is idle; nothing if it does not say.
    std::optional<std::chrono::seconds> keep_alive_timeout;
};

}  // namespace weft
