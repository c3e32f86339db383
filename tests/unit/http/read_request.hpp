// One request through a RequestReader: what came of it, and that it does not depend on how the
// bytes arrive.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "http/request_reader.hpp"
#include "unit/http/feed.hpp"

namespace weft {

// What came of one request: the head in words, its body, or the failure.
struct RequestOutcome {
    std::optional<FailureKind> failure;
    std::string target;
    std::string body;
    bool complete = false;

    bool operator==(const RequestOutcome&) const = default;
};

inline RequestOutcome take(RequestReader& reader) {
    RequestOutcome outcome;
    const auto head = reader.read_head();
    if (!head) {
        outcome.failure = head.error().kind();
        return outcome;
    }
    if (*head == nullptr) return outcome;
    outcome.target = (*head)->target;
    const auto body = read_available(reader);
    if (!body) {
        outcome.target.clear();
        outcome.failure = body.error().kind();
        return outcome;
    }
    outcome.body = body->bytes;
    outcome.complete = body->complete;
    return outcome;
}

inline RequestOutcome read_request_split(std::string_view bytes, std::size_t offset) {
    RequestReader reader;
    feed(reader, bytes.substr(0, offset));
    const RequestOutcome first = take(reader);
    if (first.failure || first.complete) return first;
    feed(reader, bytes.substr(offset));
    RequestOutcome second = take(reader);
    if (!second.failure) second.body.insert(0, first.body);
    return second;
}

// The outcome of the whole, after checking that every split in two has the same.
inline RequestOutcome read_request(std::string_view bytes) {
    const RequestOutcome whole = read_request_split(bytes, bytes.size());
    for (std::size_t offset = 0; offset < std::min<std::size_t>(bytes.size(), 1000); ++offset) {
        const RequestOutcome split = read_request_split(bytes, offset);
        EXPECT_TRUE(split == whole) << offset << " of " << bytes.substr(0, 200);
    }
    return whole;
}

inline std::optional<FailureKind> failure_of(const std::string& bytes) {
    return read_request(bytes).failure;
}

inline std::string get(const std::string& fields) {
    return "GET /x HTTP/1.1\r\n" + fields + "\r\n";
}

}  // namespace weft
