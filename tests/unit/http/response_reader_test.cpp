#include "http/response_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "unit/http/read_response.hpp"

namespace weft {
namespace {

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
        const AnswerOutcome outcome = read_answer(row.bytes, {.after = row.after});
        EXPECT_EQ(outcome.failure, std::nullopt) << row.bytes;
        EXPECT_EQ(outcome.status, 200) << row.bytes;
        EXPECT_EQ(outcome.body, "hello") << row.bytes;
        EXPECT_TRUE(outcome.complete) << row.bytes;
        EXPECT_EQ(outcome.reusable, row.reusable) << row.bytes;
    }
}

TEST(ResponseReader, SaysOfDataThatOnlyTheEndFollows) {
    struct Row {
        const char* bytes;
        bool is_last;
    };
    for (const Row& row : {
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", true},
             Row{"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello", false},
             Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                 true},
             Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", false},
             Row{"HTTP/1.1 200 OK\r\n\r\nhello", false},
         }) {
        ResponseReader reader;
        reader.begin(Method::get);
        feed(reader, row.bytes);
        ASSERT_TRUE(reader.read_head().has_value()) << row.bytes;
        const auto data = reader.read_body();
        EXPECT_EQ(data->bytes(), "hello") << row.bytes;
        EXPECT_EQ(data->is_last(), row.is_last) << row.bytes;
        EXPECT_EQ(reader.message_complete(), row.is_last) << row.bytes;
        EXPECT_EQ(reader.reusable(), row.is_last) << row.bytes;
    }
}

TEST(ResponseReader, ReadsNoBodyWhereThereIsNone) {
    for (const char* bytes :
         {"HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) {
        const AnswerOutcome outcome = read_answer(bytes);
        EXPECT_TRUE(outcome.complete) << bytes;
        EXPECT_TRUE(outcome.reusable) << bytes;
    }
    for (const char* bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\n"}) {
        const AnswerOutcome outcome = read_answer(bytes, {.method = Method::head});
        EXPECT_TRUE(outcome.complete) << bytes;
        EXPECT_TRUE(outcome.reusable) << bytes;
    }
}

TEST(ResponseReader, SkipsUpToEightInterimAnswers) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n";
    const std::string last = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    EXPECT_EQ(read_answer(bytes + last).body, "hi");
    EXPECT_EQ(
        read_answer("HTTP/1.1 100 Continue\r\n\r\n" + bytes + last).failure, FailureKind::protocol
    );
    EXPECT_EQ(read_answer("HTTP/1.1 101 Switching\r\n\r\n").failure, FailureKind::protocol);
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
        EXPECT_EQ(read_answer(row.bytes).failure, row.kind) << row.bytes;
    }
    std::string many = "HTTP/1.1 200 OK\r\n";
    for (int i = 0; i < 101; ++i) many += "A: b\r\n";
    EXPECT_EQ(read_answer(many + "\r\n").failure, FailureKind::response_head_too_large);
}

TEST(ResponseReader, BoundsTheBody) {
    const Exchange open{.body_limit = 4};
    const Exchange ending{.after = After::eof, .body_limit = 4};
    for (const char* bytes :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n",
          "HTTP/1.1 200 OK\r\n\r\nhello"}) {
        EXPECT_EQ(read_answer(bytes, open).failure, FailureKind::response_body_too_large) << bytes;
    }
    EXPECT_EQ(read_answer("HTTP/1.1 200 OK\r\n\r\nhell", ending).body, "hell");
}

TEST(ResponseReader, RefusesCodedBodiesOnlyWhereIdentityWasAsked) {
    const std::string coded =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx";
    const Exchange identity{.codings = ContentCodings::identity};
    EXPECT_EQ(read_answer(coded, identity).failure, FailureKind::content_coding);
    EXPECT_EQ(read_answer(coded).body, "x");
    EXPECT_EQ(
        read_answer(
            "HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\nContent-Length: 1\r\n\r\nx", identity
        )
            .body,
        "x"
    );
    EXPECT_EQ(
        read_answer("HTTP/1.1 304 OK\r\nContent-Encoding: gzip\r\n\r\n", identity).failure,
        std::nullopt
    );
}

TEST(ResponseReader, TellsAnEarlyEndFromNoAnswer) {
    const Exchange ending{.after = After::eof};
    EXPECT_EQ(read_answer("", ending).failure, FailureKind::connection_closed);
    for (const char* bytes :
         {"H",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n"}) {
        EXPECT_EQ(read_answer(bytes, ending).failure, FailureKind::response_incomplete) << bytes;
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
