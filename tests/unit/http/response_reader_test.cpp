#include "http/response_reader.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "unit/http/feed.hpp"

namespace weft {
namespace {

enum class After { open, eof };

struct Exchange {
    Method method = Method::get;
    ContentCodings codings = ContentCodings::any;
    After after = After::open;
    std::uint64_t body_limit = 1000;
};

struct Outcome {
    std::optional<FailureKind> failure;
    int status = 0;
    std::string body;
    bool complete = false;
    bool reusable = false;

    bool operator==(const Outcome&) const = default;
};

Outcome failed(const Failure& failure) {
    Outcome outcome;
    outcome.failure = failure.kind();
    return outcome;
}

Outcome take(ResponseReader& reader, const Exchange& exchange) {
    const auto head = reader.read_head();
    if (!head) return failed(head.error());
    Outcome outcome;
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

Outcome read_split(std::string_view bytes, std::size_t offset, const Exchange& exchange) {
    ResponseReader reader;
    reader.begin(exchange.method, exchange.codings);
    feed(reader, bytes.substr(0, offset));
    const Outcome first = take(reader, exchange);
    if (first.failure) return first;
    feed(reader, bytes.substr(offset));
    if (exchange.after == After::eof) {
        if (auto ended = reader.on_eof(); !ended) return failed(ended.error());
    }
    Outcome second = take(reader, exchange);
    if (!second.failure) second.body.insert(0, first.body);
    return second;
}

// The outcome of the whole, after checking that every split in two has the same.
Outcome read(const std::string& bytes, const Exchange& exchange = {}) {
    const Outcome whole = read_split(bytes, bytes.size(), exchange);
    for (std::size_t offset = 0; offset < std::min<std::size_t>(bytes.size(), 1000); ++offset) {
        EXPECT_TRUE(read_split(bytes, offset, exchange) == whole) << offset << " of " << bytes;
    }
    return whole;
}

TEST(ResponseReader, ReadsBodiesOfEachFraming) {
    struct Row {
        const char* bytes;
        After after;
        bool reusable;
    };
    for (const Row& row : {
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", After::open, true},
             Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\n\r\n",
                 After::open,
                 true},
             Row{"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", After::open, true},
             Row{"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", After::open, false},
             Row{"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello",
                 After::open,
                 true},
             Row{"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
                 After::open,
                 false},
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", After::eof, false},
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello!", After::open, false},
             Row{"HTTP/1.1 200 OK\r\n\r\nhello", After::eof, false},
             Row{"HTTP/1.1 200\r\n\r\nhello", After::eof, false},
         }) {
        const Outcome outcome = read(row.bytes, {.after = row.after});
        EXPECT_EQ(outcome.failure, std::nullopt) << row.bytes;
        EXPECT_EQ(outcome.status, 200) << row.bytes;
        EXPECT_EQ(outcome.body, "hello") << row.bytes;
        EXPECT_TRUE(outcome.complete) << row.bytes;
        EXPECT_EQ(outcome.reusable, row.reusable) << row.bytes;
    }
}

TEST(ResponseReader, ReadsNoBodyWhereThereIsNone) {
    for (const char* bytes :
         {"HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) {
        const Outcome outcome = read(bytes);
        EXPECT_TRUE(outcome.complete) << bytes;
        EXPECT_TRUE(outcome.reusable) << bytes;
    }
    for (const char* bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\n"}) {
        const Outcome outcome = read(bytes, {.method = Method::head});
        EXPECT_TRUE(outcome.complete) << bytes;
        EXPECT_TRUE(outcome.reusable) << bytes;
    }
}

TEST(ResponseReader, SkipsUpToEightInterimAnswers) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n";
    const std::string last = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    EXPECT_EQ(read(bytes + last).body, "hi");
    EXPECT_EQ(read("HTTP/1.1 100 Continue\r\n\r\n" + bytes + last).failure, FailureKind::protocol);
    EXPECT_EQ(read("HTTP/1.1 101 Switching\r\n\r\n").failure, FailureKind::protocol);
}

TEST(ResponseReader, RefusesBadMessages) {
    struct Row {
        const char* bytes;
        FailureKind kind;
    };
    for (const Row& row : {
             Row{"HTTP/1.1 200 OK\n\n", FailureKind::protocol},
             Row{"HTTP/2.0 200 OK\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 600 OK\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nA : b\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nA: \x01\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
                 FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\na", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                 FailureKind::protocol},
             Row{"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nConnection: content-length\r\n\r\n", FailureKind::protocol},
             Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                 FailureKind::transfer_coding},
             Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                 FailureKind::transfer_coding},
             Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx", FailureKind::protocol},
         }) {
        EXPECT_EQ(read(row.bytes).failure, row.kind) << row.bytes;
    }
    std::string many = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 101; ++i) many += "A: b\r\n";
    EXPECT_EQ(read(many + "\r\n").failure, FailureKind::response_head_too_large);
}

TEST(ResponseReader, BoundsTheBody) {
    const Exchange open{.body_limit = 4};
    const Exchange ending{.after = After::eof, .body_limit = 4};
    for (const char* bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
          "HTTP/1.1 200 OK\r\n\r\nhello"}) {
        EXPECT_EQ(read(bytes, open).failure, FailureKind::response_body_too_large) << bytes;
    }
    EXPECT_EQ(read("HTTP/1.1 200 OK\r\n\r\nhell", ending).body, "hell");
}

TEST(ResponseReader, RefusesCodedBodiesOnlyWhereIdentityWasAsked) {
    const std::string coded =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx";
    const Exchange identity{.codings = ContentCodings::identity};
    EXPECT_EQ(read(coded, identity).failure, FailureKind::content_coding);
    EXPECT_EQ(read(coded).body, "x");
    EXPECT_EQ(
        read(
            "HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\nContent-Length: 1\r\n\r\nx", identity
        )
            .body,
        "x"
    );
    EXPECT_EQ(
        read("HTTP/1.1 304 OK\r\nContent-Encoding: gzip\r\n\r\n", identity).failure, std::nullopt
    );
}

TEST(ResponseReader, TellsAnEarlyEndFromNoAnswer) {
    const Exchange ending{.after = After::eof};
    EXPECT_EQ(read("", ending).failure, FailureKind::connection_closed);
    for (const char* bytes :
         {"H",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n"}) {
        EXPECT_EQ(read(bytes, ending).failure, FailureKind::response_incomplete) << bytes;
    }
}

TEST(ResponseReader, SaysWhetherAnythingWasReceived) {
    ResponseReader reader;
    reader.begin(Method::get);
    EXPECT_FALSE(reader.received_any());
    feed(reader, "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_TRUE(reader.received_any());
}

TEST(ResponseReader, ReadsOneAnswerAfterAnother) {
    ResponseReader reader;
    EXPECT_TRUE(reader.reusable());
    for (int i = 0; i < 3; ++i) {
        reader.begin(i == 1 ? Method::head : Method::get);
        EXPECT_FALSE(reader.reusable());
        feed(
            reader,
            i == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
                   : "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"
        );
        const Outcome outcome = take(reader, {});
        EXPECT_EQ(outcome.body, i == 1 ? "" : "hi");
        EXPECT_TRUE(reader.reusable());
        if (i == 0) reader.release_memory();
        EXPECT_TRUE(reader.reusable());
    }
}

TEST(ResponseReader, IsNotReusableAfterAStrayByte) {
    for (const bool released : {false, true}) {
        ResponseReader reader;
        reader.begin(Method::get);
        feed(reader, "HTTP/1.1 204 No Content\r\n\r\n");
        ASSERT_TRUE(take(reader, {}).reusable);
        if (released) reader.release_memory();
        feed(reader, "H");
        EXPECT_FALSE(reader.reusable());
    }
}

TEST(ResponseReader, IsNotReusableAfterTheServiceHasClosed) {
    ResponseReader reader;
    reader.begin(Method::get);
    feed(reader, "HTTP/1.1 204 No Content\r\n\r\n");
    ASSERT_TRUE(take(reader, {}).reusable);
    EXPECT_TRUE(reader.on_eof());
    EXPECT_FALSE(reader.reusable());
}

TEST(ResponseReader, KnowsHowLongTheServiceKeepsTheConnection) {
    struct Row {
        const char* field;
        std::optional<std::chrono::seconds> timeout;
    };
    using std::chrono::seconds;
    for (const Row& row : {
             Row{"Keep-Alive: timeout=5, max=100", seconds{5}},
             Row{"keep-alive: max=100 ,Timeout=75", seconds{75}},
             Row{"Keep-Alive: timeout=0", seconds{0}},
             Row{"Keep-Alive: timeout=99999999999999999999", seconds{999999}},
             Row{"Keep-Alive: timeout=-5", std::nullopt},
             Row{"Keep-Alive: timeout=", std::nullopt},
             Row{"Keep-Alive: timeout", std::nullopt},
             Row{"Keep-Alive:", std::nullopt},
             Row{"X: timeout=5", std::nullopt},
         }) {
        ResponseReader reader;
        reader.begin(Method::get);
        feed(reader, std::string{"HTTP/1.1 204 No Content\r\n"} + row.field + "\r\n\r\n");
        ASSERT_TRUE(reader.read_head());
        EXPECT_EQ(reader.keep_alive_timeout(), row.timeout) << row.field;
    }
}

TEST(ResponseReader, KeepsTheHeadInPlaceWhileALargeBodyPassesThrough) {
    ResponseReader reader;
    reader.begin(Method::get);
    const std::string body(1024 * 1024, 'b');
    feed(reader, "HTTP/1.1 200\r\nX-Kept: kept\r\n\r\n");
    const auto head = reader.read_head();
    ASSERT_TRUE(head && *head != nullptr);
    std::size_t taken = 0;
    for (std::size_t given = 0; given < body.size();) {
        given += feed(reader, std::string_view{body}.substr(given));
        const auto part = read_available(reader);
        ASSERT_TRUE(part);
        taken += part->bytes.size();
    }
    EXPECT_EQ(taken, body.size());
    EXPECT_EQ((*head)->fields.at(0).value, "kept");
}

}  // namespace
}  // namespace weft
