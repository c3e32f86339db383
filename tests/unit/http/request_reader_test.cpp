#include "http/request_reader.hpp"

#include <gtest/gtest.h>

#include <string>

#include "unit/http/read_request.hpp"

namespace weft {
namespace {

TEST(RequestReader, HandsOutACheckedHead) {
    RequestReader reader;
    feed(reader, "PUT /a%20b?c=d HTTP/1.1\r\nhost: a.test:80\r\nX-One:  1 2\t\r\nX-Empty:\r\n\r\n");
    const auto head = reader.read_head();
    ASSERT_TRUE(head);
    ASSERT_NE(*head, nullptr);
    EXPECT_EQ((*head)->method, Method::put);
    EXPECT_EQ((*head)->target, "/a%20b?c=d");
    EXPECT_EQ((*head)->path, "/a%20b");
    EXPECT_EQ((*head)->query, "c=d");
    EXPECT_EQ((*head)->authority, "a.test:80");
    EXPECT_EQ((*head)->minor_version, 1);
    EXPECT_TRUE((*head)->keep_alive);
    EXPECT_FALSE((*head)->expect_continue);
    EXPECT_EQ((*head)->body.framing, Framing::none);
    ASSERT_EQ((*head)->fields.size(), 3U);
    EXPECT_EQ((*head)->fields[1].name, "X-One");
    EXPECT_EQ((*head)->fields[1].value, "1 2");
    EXPECT_EQ((*head)->fields[2].value, "");
    EXPECT_TRUE(reader.message_complete());
}

TEST(RequestReader, ReadsBodiesOfBothFramings) {
    const auto counted =
        read_request("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 05\r\n\r\nhelloGET");
    EXPECT_EQ(counted.body, "hello");
    EXPECT_TRUE(counted.complete);
    const auto chunked = read_request(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "2\r\nhe\r\n3;x\r\nllo\r\n0\r\nA: b\r\n\r\nGET"
    );
    EXPECT_EQ(chunked.body, "hello");
    EXPECT_TRUE(chunked.complete);
}

TEST(RequestReader, RefusesABrokenChunk) {
    EXPECT_EQ(
        failure_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n"),
        FailureKind::bad_request
    );
}

TEST(RequestReader, KnowsFromContentLengthThatABodyIsTooLarge) {
    RequestReader reader;
    feed(reader, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
    ASSERT_TRUE(reader.read_head());
    const auto allowed = reader.set_body_limit(10);
    ASSERT_FALSE(allowed);
    EXPECT_EQ(allowed.error().kind(), FailureKind::request_body_too_large);
    EXPECT_FALSE(reader.read_body());
    EXPECT_FALSE(reader.read_head()) << "a failure is final";
}

TEST(RequestReader, TakesABodyOfExactlyTheLimit) {
    RequestReader reader;
    feed(reader, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    ASSERT_TRUE(reader.read_head());
    ASSERT_TRUE(reader.set_body_limit(5));
    const auto body = read_available(reader);
    ASSERT_TRUE(body);
    EXPECT_EQ(body->bytes, "hello");
}

TEST(RequestReader, RefusesChunksBeyondTheLimit) {
    RequestReader reader;
    feed(reader, "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    ASSERT_TRUE(reader.read_head());
    ASSERT_TRUE(reader.set_body_limit(6));
    ASSERT_TRUE(read_available(reader));
    feed(reader, "2\r\n");
    const auto body = reader.read_body();
    ASSERT_FALSE(body);
    EXPECT_EQ(body.error().kind(), FailureKind::request_body_too_large);
}

TEST(RequestReader, ServesPipelinedRequestsInOrder) {
    RequestReader reader;
    std::string all;
    constexpr int many = 2000;
    for (int i = 0; i < many; ++i) {
        all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }
    std::size_t fed = 0;
    for (int i = 0; i < many;) {
        fed += feed(reader, std::string_view{all}.substr(fed, 700));
        for (;;) {
            const auto head = reader.read_head();
            ASSERT_TRUE(head);
            if (*head == nullptr) break;
            ASSERT_EQ((*head)->target, "/" + std::to_string(i++));
            reader.next_message();
        }
    }
    EXPECT_FALSE(reader.started());
}

TEST(RequestReader, SaysWhetherTheNextRequestHasBegun) {
    RequestReader reader;
    EXPECT_FALSE(reader.started());
    feed(reader, "G");
    EXPECT_TRUE(reader.started());
    feed(reader, "ET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(reader.read_head());
    EXPECT_FALSE(reader.started());
    feed(reader, "G");
    EXPECT_TRUE(reader.started()) << "pipelined";
    reader.next_message();
    EXPECT_TRUE(reader.started());
}

TEST(RequestReader, AnEmptyLineDoesNotBeginARequest) {
    RequestReader reader;
    EXPECT_TRUE(reader.empty());
    feed(reader, "\r");
    EXPECT_FALSE(reader.empty());
    EXPECT_FALSE(reader.started());
    feed(reader, "\n");
    EXPECT_FALSE(reader.started());
    feed(reader, "GET / HTTP/1.1\r\nHost: a\r\n\r\n\r\n");
    EXPECT_TRUE(reader.started());
    ASSERT_TRUE(reader.read_head());
    EXPECT_FALSE(reader.started());
    EXPECT_FALSE(reader.empty()) << "it is remembered, because only one is skipped";
    feed(reader, "\r");
    EXPECT_TRUE(reader.started());
}

TEST(RequestReader, KeepsTheHeadInPlaceWhileALargeBodyPassesThrough) {
    RequestReader reader;
    const std::string body(5 * 1024 * 1024, 'b');
    const std::string head = "PUT /kept HTTP/1.1\r\nHost: a\r\nX: " + std::string(6000, 'x') +
                             "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    feed(reader, head);
    const auto read = reader.read_head();
    ASSERT_TRUE(read && *read != nullptr);
    std::size_t given = 0;
    std::size_t taken = 0;
    std::size_t receives = 0;
    while (taken < body.size()) {
        given += feed(reader, std::string_view{body}.substr(given));
        const auto part = read_available(reader);
        ASSERT_TRUE(part);
        taken += part->bytes.size();
        ++receives;
    }
    EXPECT_TRUE(reader.message_complete());
    EXPECT_EQ((*read)->target, "/kept");
    EXPECT_EQ((*read)->fields[1].value, std::string(6000, 'x'));
    EXPECT_LE(receives, body.size() / (16 * 1024)) << "room for large receives";
    EXPECT_EQ(feed(reader, "GET"), 3U) << "room for the next request";
}

TEST(RequestReader, HandsOutManySmallChunksTogether) {
    RequestReader reader;
    feed(
        reader,
        "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n"
    );
    ASSERT_TRUE(reader.read_head());
    const auto part = reader.read_body();
    ASSERT_TRUE(part);
    EXPECT_EQ(part->bytes(), "abc");
}

TEST(RequestReader, TakesAHeadOfTheLargestSizeThenItsBody) {
    std::string head = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n";
    while (head.size() < 32 * 1024 - 1100) head += "X: " + std::string(1000, 'x') + "\r\n";
    head += "Y: " + std::string(32 * 1024 - head.size() - 7, 'y') + "\r\n\r\n";
    ASSERT_EQ(head.size(), 32U * 1024);
    RequestReader reader;
    feed(reader, head);
    const auto read = reader.read_head();
    ASSERT_TRUE(read && *read != nullptr);
    EXPECT_EQ(feed(reader, std::string(20000, 'b')), 20000U);
    const auto body = read_available(reader);
    ASSERT_TRUE(body);
    EXPECT_TRUE(body->complete);
    EXPECT_EQ(body->bytes.size(), 20000U);
}

TEST(RequestReader, GoesOnAfterItsMemoryWasReleased) {
    RequestReader reader;
    for (int i = 0; i < 3; ++i) {
        feed(reader, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
        ASSERT_EQ(take(reader).target, "/a");
        reader.next_message();
        reader.release_memory();
    }
    feed(reader, "GET /b");
    reader.release_memory();
    feed(reader, " HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_EQ(take(reader).target, "/b") << "bytes that are here are kept";
}

TEST(RequestReader, HoldsTheConfiguredLimits) {
    HeadLimits limits;
    limits.target = 10;
    limits.fields = 2;
    limits.head = 100;
    const auto kind = [&](const std::string& bytes) {
        RequestReader reader{limits};
        feed(reader, bytes);
        return take(reader).failure;
    };
    EXPECT_EQ(kind("GET /0123456789"), FailureKind::target_too_long);
    EXPECT_EQ(kind("GET / HTTP/1.1\r\nA:\r\nB:\r\nC"), FailureKind::request_head_too_large);
    EXPECT_EQ(
        kind("GET / HTTP/1.1\r\nA: " + std::string(100, 'a')), FailureKind::request_head_too_large
    );
}

TEST(RequestReader, SaysWhatIsWrong) {
    RequestReader reader;
    feed(reader, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    const auto head = reader.read_head();
    ASSERT_FALSE(head);
    EXPECT_EQ(head.error().detail(), "more than one Host");
    EXPECT_EQ(head.error().fault(), Fault::client);
}

}  // namespace
}  // namespace weft
