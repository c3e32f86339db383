#include <gmock/gmock.h>

#include "unit/server/harness.hpp"

namespace weft {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class SessionStream : public ServerTest {
  protected:
    using Pieces = std::vector<std::string>;

    void stream(Pieces pieces, std::optional<std::uint64_t> length = {}) {
        handler_.reply = [pieces, length](Request&) -> Awaitable<Answer> {
            Answer answer = streamed(std::make_unique<FakeStream>(pieces));
            answer.stream_length = length;
            co_return answer;
        };
    }
    void stream_failing_after(Pieces pieces) {
        handler_.reply = [pieces](Request&) -> Awaitable<Answer> {
            auto body = std::make_unique<FakeStream>(pieces);
            body->fails();
            co_return streamed(std::move(body));
        };
    }
};

TEST_F(SessionStream, SendsAKnownLengthAsItIs) {
    stream({"hello ", "world"}, 11);
    start();
    Client& client = connect();
    client.send(std::string{get} + std::string{get});
    run_until([&] { return count_of(client.received(), "hello world") == 2; });
    EXPECT_THAT(client.received(), HasSubstr("\r\nContent-Length: 11\r\n"));
    EXPECT_THAT(client.received(), Not(HasSubstr("Transfer-Encoding")));
}

TEST_F(SessionStream, SendsAnUnknownLengthInChunks) {
    stream({"hello ", std::string(20'000, 'x')});
    start();
    Client& client = connect();
    client.send(std::string{get} + std::string{get});
    run_until([&] { return count_of(client.received(), "\r\n0\r\n\r\n") == 2; });
    const auto body = "6\r\nhello \r\n4e20\r\n" + std::string(20'000, 'x') + "\r\n0\r\n\r\n";
    EXPECT_EQ(count_of(client.received(), "\r\n\r\n" + body), 2u);
    EXPECT_THAT(client.received(), HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
}

TEST_F(SessionStream, EndsAnUnknownLengthForHttp10WithTheConnection) {
    stream({"hello ", "world"});
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_EQ(body_of(client.received()), "hello world");
    EXPECT_THAT(client.received(), Not(HasSubstr("Transfer-Encoding")));
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
}

TEST_F(SessionStream, ResetsTheConnectionWhenAStreamFailsMidway) {
    stream_failing_after({"hello"});
    start();
    Client& client = connect();
    client.send(get);
    expect_end(client);
    EXPECT_TRUE(client.was_reset());
    EXPECT_THAT(client.received(), Not(HasSubstr("\r\n0\r\n")));
    ASSERT_EQ(events_.records.size(), 1u);
    EXPECT_EQ(events_.records[0].failure, FailureKind::response_incomplete);
    EXPECT_FALSE(events_.records[0].complete);
}

TEST_F(SessionStream, ResetsTheConnectionForHttp10TooSoThatTheEndIsNotTakenForWhole) {
    stream_failing_after({"hello"});
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.0\r\n\r\n");
    expect_end(client);
    EXPECT_TRUE(client.was_reset());
}

TEST_F(SessionStream, ResetsTheConnectionOverAWrongLength) {
    for (const std::uint64_t length : {6u, 9u}) {
        stream({"hello", "world"}, length);
        if (!server_) start();
        Client& client = connect();
        client.send(get);
        expect_end(client);
        EXPECT_TRUE(client.was_reset()) << length;
    }
}

TEST_F(SessionStream, GivesAnotherAnswerWhereNothingOfTheFirstHasGone) {
    stream_failing_after({});
    start();
    Client& client = connect();
    client.send(std::string{get} + std::string{get});
    run_until([&] { return count_of(client.received(), "HTTP/1.1 502 ") == 2; });
    EXPECT_THAT(client.received(), Not(HasSubstr("HTTP/1.1 200 ")));
    EXPECT_THAT(client.received(), HasSubstr("error=http_response_incomplete\r\n"));
    EXPECT_EQ(events_.records.at(0).status, 502);
    EXPECT_EQ(events_.records.at(0).failure, FailureKind::response_incomplete);
    EXPECT_TRUE(events_.records.at(0).complete);
}

TEST_F(SessionStream, SaysNoDateBesideTheServices) {
    handler_.reply = [](Request&) -> Awaitable<Answer> {
        Answer answer = text_answer("hello");
        answer.dated = true;
        answer.fields.emplace_back("date", "Sat, 28 Nov 2026 12:00:00 GMT");
        co_return answer;
    };
    start();
    Client& client = connect();
    client.send(get);
    expect_received(client, "hello");
    EXPECT_THAT(client.received(), HasSubstr("\r\ndate: Sat, 28 Nov 2026 12:00:00 GMT\r\n"));
    EXPECT_THAT(client.received(), Not(HasSubstr("\r\nDate: ")));
}

TEST_F(SessionStream, OwnsUpToAWrongLengthThatItSeesInTime) {
    stream({"hello"}, 4);
    start();
    Client& client = connect();
    client.send(get);
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), HasSubstr("HTTP/1.1 500 "));
}

TEST_F(SessionStream, SendsTheHeadBeforeABodyThatIsLate) {
    class Late final : public BodyStream {
      public:
        explicit Late(std::function<Awaitable<void>()> wait) : wait_{std::move(wait)} {}
        Awaitable<Result<std::string_view>> next() override {
            co_await wait_();
            co_return std::exchange(piece_, {});
        }

      private:
        std::function<Awaitable<void>()> wait_;
        std::string_view piece_ = "late";
    };
    handler_.reply = [this](Request&) -> Awaitable<Answer> {
        co_return streamed(std::make_unique<Late>([this] { return wait_for_release(); }));
    };
    start();
    Client& client = connect();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    advance(std::chrono::milliseconds{10});
    run_until([&] { return client.received().ends_with("\r\n\r\n"); });
    release();
    expect_received(client, "4\r\nlate\r\n");
    release();
    expect_received(client, "4\r\nlate\r\n0\r\n\r\n");
}

TEST_F(SessionStream, StopsWhenTheClientResets) {
    const std::string megabyte(1 << 20, 'x');
    handler_.reply = [&](Request&) -> Awaitable<Answer> {
        co_return streamed(std::make_unique<FakeStream>(Pieces(64, megabyte)));
    };
    start();
    Client& client = connect();
    client.stop_reading();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    settle();
    client.reset();
    run_until([this] { return server_->open_connections() == 0; });
    EXPECT_EQ(events_.records.at(0).status, 499);
}

TEST_F(SessionStream, GathersManyPiecesOfAllSizes) {
    std::string whole;
    auto parts = std::make_shared<Pieces>();
    for (const std::size_t size : {1u, 20'000u, 3u, 16'383u, 16'384u, 100'000u, 0u, 7u}) {
        parts->push_back(std::string(size, static_cast<char>('a' + parts->size())));
        whole += parts->back();
    }
    handler_.reply = [parts](Request&) -> Awaitable<Answer> {
        Answer answer;
        for (const std::string& part : *parts) answer.pieces.push_back(part);
        answer.owners.push_back(parts);
        co_return answer;
    };
    start();
    Client& client = connect();
    client.send(get);
    run_until([&] { return body_of(client.received()).size() >= whole.size(); });
    EXPECT_EQ(body_of(client.received()), whole);
}

TEST_F(SessionStream, SendsNoBodyWith204) {
    handler_.reply = [](Request&) -> Awaitable<Answer> {
        Answer answer = text_answer("not to be sent");
        answer.status = 204;
        co_return answer;
    };
    start();
    Client& client = connect();
    client.send(get);
    expect_received(client, "\r\n\r\n");
    EXPECT_THAT(client.received(), Not(HasSubstr("Content-Length")));
}

}  // namespace
}  // namespace weft
