#include <gmock/gmock.h>

#include "unit/server/harness.hpp"

namespace weft {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class SessionBody : public ServerTest {
  protected:
    // Answers with the body it got.
    void echo() {
        handler_.reply = [](Request& request) -> Awaitable<Answer> {
            auto body = std::make_shared<std::string>();
            for (;;) {
                const auto piece = co_await request.body->next();
                if (!piece) co_return text_answer("failed");
                if (piece->empty()) break;
                *body += *piece;
            }
            Answer answer = text_answer(*body);
            answer.owners.push_back(body);
            co_return answer;
        };
    }
};

TEST_F(SessionBody, HandsOutABodyOfKnownLength) {
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello ");
    settle();
    client.send("world" + std::string{get});
    run_until([&] { return count_of(client.received(), "HTTP/1.1 200") == 2; });
    EXPECT_THAT(client.received(), HasSubstr("\r\n\r\nhello world"));
}

TEST_F(SessionBody, HandsOutAChunkedBody) {
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    settle();
    client.send("6\r\n world\r\n0\r\nX-Trailer: dropped\r\n\r\n");
    expect_received(client, "hello world");
}

TEST_F(SessionBody, HandsOutALargeBody) {
    std::size_t total = 0;
    handler_.reply = [&](Request& request) -> Awaitable<Answer> {
        request.body_limit = 8 << 20;
        for (;;) {
            const auto piece = co_await request.body->next();
            if (!piece || piece->empty()) break;
            total += piece->size();
        }
        co_return text_answer("done");
    };
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5242880\r\n\r\n");
    for (int i = 0; i < 80; ++i) {
        client.send(std::string(64 << 10, 'x'));
        settle();
    }
    expect_received(client, "done");
    EXPECT_EQ(total, 5u << 20);
}

TEST_F(SessionBody, SendsContinueWhenTheHandlerReads) {
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    expect_received(client, "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hello");
    expect_received(client, "hello");
    EXPECT_EQ(count_of(client.received(), "100 Continue"), 1u);
}

TEST_F(SessionBody, SendsNoContinueWhenNobodyReadsAndCloses) {
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
}

TEST_F(SessionBody, SendsNoContinueForABodyThatIsHereOrToHttp10) {
    echo();
    start();
    Client& client = connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello"
    );
    expect_received(client, "hello");
    client.send("POST / HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    settle();
    client.send("again");
    expect_received(client, "again");
    EXPECT_THAT(client.received(), Not(HasSubstr("100 Continue")));
}

// Who sends does not wait for it, and beside an upload the answer may be on its way already.
TEST_F(SessionBody, SendsNoContinueBehindTheFirstBytesOfABody) {
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhe"
    );
    settle();
    client.send("llo");
    expect_received(client, "hello");
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(SessionBody, Answers413ToALengthOverTheLimitWithoutContinue) {
    settings_.body_limit = 10;
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 413 "));
    EXPECT_EQ(events_.records.at(0).failure, FailureKind::request_body_too_large);
}

TEST_F(SessionBody, Answers413ToChunksOverTheLimit) {
    settings_.body_limit = 10;
    echo();
    start();
    Client& client = connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n6\r\nworld!"
    );
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 413 "));
}

TEST_F(SessionBody, Answers400ToBrokenChunksWhateverTheHandlerSays) {
    echo();
    start();
    Client& client = connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n" + std::string{get}
    );
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 "));
    EXPECT_EQ(count_of(client.received(), "HTTP/1.1"), 1u);
}

TEST_F(SessionBody, Answers400ToABodyThatTheClientBreaksOff) {
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    client.shut_down_sending();
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 "));
}

TEST_F(SessionBody, NotesAClientThatResetsWithinItsBody) {
    echo();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    run_until([this] { return events_.in_work == 1; });
    client.reset();
    run_until([this] { return server_->open_connections() == 0; });
    EXPECT_EQ(events_.records.at(0).status, 499);
}

TEST_F(SessionBody, DropsASmallUnreadBodyAndGoesOn) {
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\nGET /x HTTP/1.1");
    expect_received(client, "hello");
    client.send("\r\nHost: smuggled.test\r\n\r\n" + std::string{get});
    run_until([&] { return count_of(client.received(), "hello") == 2; });
    settle();
    EXPECT_EQ(events_.records.size(), 2u);
    EXPECT_EQ(events_.records.at(1).path, "/a");
}

TEST_F(SessionBody, DropsASmallUnreadChunkedBodyAndGoesOn) {
    settings_.body_limit = 1;
    start();
    Client& client = connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" +
        std::string{get}
    );
    run_until([&] { return count_of(client.received(), "\r\n\r\nhello") == 2; });
}

TEST_F(SessionBody, ClosesOverABrokenUnreadBodyWithoutDestroyingTheAnswer) {
    start();
    Client& client = connect();
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n" +
        std::string(20'000, 'x')
    );
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_TRUE(client.received().ends_with("hello"));
}

TEST_F(SessionBody, ClosesOverALargeUnreadBodyWithoutDestroyingTheAnswer) {
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
    client.send(std::string(100'000, 'x'));
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_TRUE(client.received().ends_with("hello"));
}

TEST_F(SessionBody, ClosesOverUnreadChunksThatDoNotEnd) {
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    expect_received(client, "hello");
    for (int i = 0; i < 6; ++i) {
        client.send("4000\r\n" + std::string(0x4000, 'x') + "\r\n");
        settle();
    }
    expect_end(client);
    EXPECT_EQ(events_.records.size(), 1u);
}

}  // namespace
}  // namespace weft
