// What a connection's bytes say to RequestReader: the requests that were read, and how it ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/splits.hpp"
#include "http/request_reader.hpp"

namespace weft::fuzz {

// A whole request, as the reader gave it.
struct ReadRequest {
    Method method = Method::get;
    std::string target;
    std::string path;
    std::string query;
    std::string authority;
    int minor_version = 1;
    std::vector<std::pair<std::string, std::string>> fields;
    bool keep_alive = true;
    std::string body;

    bool operator==(const ReadRequest&) const = default;
};

struct Conversation {
    std::vector<ReadRequest> requests;
    std::optional<FailureKind> refused;  // what follows them
    std::string why;
    bool closed = false;   // the last request, or the refusal, ends the connection
    bool started = false;  // a part of another request has been received

    bool operator==(const Conversation&) const = default;
};

// `body_limit` in bytes.
Conversation converse(const Pieces& pieces, std::uint64_t body_limit);

}  // namespace weft::fuzz
