// One answer through a ResponseReader: what came of it, and that it does not depend on how the
// bytes arrive.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/response_reader.hpp"
#include "unit/http/feed.hpp"

namespace weft {

enum class After { open, eof };

struct Exchange {
    Method method = Method::get;
    ContentCodings codings = ContentCodings::any;
    After after = After::open;
    std::uint64_t body_limit = 1000;
};

struct AnswerOutcome {
    std::optional<FailureKind> failure;
    int status = 0;
    std::string body;
    bool complete = false;
    bool reusable = false;

    bool operator==(const AnswerOutcome&) const = default;
};

inline AnswerOutcome failed(const Failure& failure) {
    AnswerOutcome outcome;
    outcome.failure = failure.kind();
    return outcome;
}

inline AnswerOutcome take(ResponseReader& reader, const Exchange& exchange) {
    const auto head = reader.read_head();
    if (!head) return failed(head.error());
    AnswerOutcome outcome;
    if (*head == nullptr) return outcome;
    outcome.status = (*head)->status;
    if (auto allowed = reader.set_body_limit(exchange.body_limit); !allowed) {
        return failed(allowed.error());
    }
    const auto body = read_available(reader);
    if (!body) return failed(body.error());
    outcome.body = body->bytes;
    outcome.complete = body->complete;
    outcome.reusable = reader.reusable();
    return outcome;
}

inline AnswerOutcome read_answer_split(
    std::string_view bytes, std::size_t offset, const Exchange& exchange
) {
    ResponseReader reader;
    reader.begin(exchange.method, exchange.codings);
    feed(reader, bytes.substr(0, offset));
    const AnswerOutcome first = take(reader, exchange);
    if (first.failure) return first;
    feed(reader, bytes.substr(offset));
    if (exchange.after == After::eof) {
        if (auto ended = reader.on_eof(); !ended) return failed(ended.error());
    }
    AnswerOutcome second = take(reader, exchange);
    if (!second.failure) second.body.insert(0, first.body);
    return second;
}

// The outcome of the whole, after checking that every split in two has the same.
inline AnswerOutcome read_answer(const std::string& bytes, const Exchange& exchange = {}) {
    const AnswerOutcome whole = read_answer_split(bytes, bytes.size(), exchange);
    for (std::size_t offset = 0; offset < std::min<std::size_t>(bytes.size(), 1000); ++offset) {
        EXPECT_TRUE(read_answer_split(bytes, offset, exchange) == whole)
            << offset << " of " << bytes;
    }
    return whole;
}

}  // namespace weft
