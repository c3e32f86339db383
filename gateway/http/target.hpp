// Request targets (RFC 9112 section 3.2): the strict check a request must pass, and what routing
// needs of a target that has passed it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft {

// The parts of a checked target; views into it.
struct TargetParts {
    std::string_view path;   // begins with "/"
    std::string_view query;  // without "?"
};

// Checks an origin-form target: the characters and percent-encodings of RFC 3986 only; in the path
// no encoded NUL, LF, CR, "/" or "\", no "." or ".." segment however it is spelt, and no bytes that
// are not UTF-8. Nothing if it fails.
std::optional<TargetParts> check_origin_form(std::string_view target) noexcept;

// Checks a Host value: a name of letters, digits and -._~, an IPv4 or a bracketed IPv6 address,
// with or without a port. RFC 3986 would let a name hold sub-delimiters and percent-encodings too:
// no name needs them, and they make a list or a path out of a host.
bool is_valid_authority(std::string_view authority) noexcept;

// Whether a valid authority has a port, and not 0.
bool names_port(std::string_view authority) noexcept;

// Of a part of a checked target, so every "%" begins a valid triple; one that does not stands for
// itself.
std::string percent_decode(std::string_view text);

// The segments of a checked path, still percent-encoded: "/" is one empty segment, "/a//b/" is a,
// empty, b, empty.
std::vector<std::string_view> split_path(std::string_view path);

}  // namespace weft
