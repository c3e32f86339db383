// Field lines of RFC 9112 section 5, and the fields that say how a message is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/grammar/cursor.hpp"

namespace weft::grammar {

// Names and values. Views are into the bytes that were read.
using FieldLines = std::vector<std::pair<std::string_view, std::string_view>>;

// HTTP-version
struct Version {
    int major = 0;
    int minor = 0;
};
bool http_version(Cursor& in, Version& read);

// *( field-line CRLF ) CRLF
bool field_section(Cursor& in, FieldLines& fields);

// All values of the fields of that name, one each line.
std::vector<std::string_view> values(const FieldLines& fields, std::string_view name);
// #token
bool is_token_list(const FieldLines& fields, std::string_view name);
// Its elements.
std::vector<std::string_view> tokens(const FieldLines& fields, std::string_view name);

// The codings of Transfer-Encoding, in order; nothing if it is not a list of them.
std::optional<std::vector<std::string_view>> transfer_codings(const FieldLines& fields);

// Content-Length = 1*DIGIT; RFC 9110 section 8.6 lets a recipient take a list of the same number
// as that number.
std::optional<std::uint64_t> content_length(const FieldLines& fields);

// RFC 9112 section 9.3
bool is_persistent(const FieldLines& fields, const Version& version);

}  // namespace weft::grammar
