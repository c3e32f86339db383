#include <gmock/gmock.h>

#include "unit/server/harness.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class SessionTime : public ServerTest {
  protected:
    // Reads the whole body and says how that ended.
    void answer_with_body() {
        handler_.reply = [](Request& request) -> Awaitable<Answer> {
            for (;;) {
                const auto piece = co_await request.body->next();
                if (!piece) co_return text_answer("failed");
                if (piece->empty()) co_return text_answer("read");
            }
        };
    }
};

TEST_F(SessionTime, ClosesANewConnectionWithoutAByteSilently) {
    start();
    Client& client = connect();
    advance(seconds{9});
    EXPECT_FALSE(client.ended());
    advance(seconds{2});
    expect_end(client);
    EXPECT_THAT(client.received(), IsEmpty());
    EXPECT_THAT(events_.records, IsEmpty());
}

TEST_F(SessionTime, Answers408ToAHeadThatTakesTooLong) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\n");
    for (int i = 0; i < 4; ++i) {
        advance(seconds{1});
        client.send("X-A: b\r\n");
    }
    settle();
    EXPECT_THAT(client.received(), IsEmpty());
    advance(milliseconds{1100});
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 408 "));
    EXPECT_EQ(events_.records.at(0).failure, FailureKind::request_timeout);
    EXPECT_GE(events_.records.at(0).duration, seconds{5});
}

TEST_F(SessionTime, ClosesAnIdleConnectionSilently) {
    start();
    Client& client = connect();
    client.send(get);
    expect_received(client, "hello");
    client.forget_received();
    advance(seconds{59});
    EXPECT_FALSE(client.ended());
    advance(seconds{2});
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), IsEmpty());
}

// RFC 9112 section 2.2: it is ignored, and so is its time. A 408 on an idle connection would be
// taken for the answer to the next request.
TEST_F(SessionTime, AnEmptyLineBehindARequestBeginsNoOther) {
    start();
    Client& client = connect();
    client.send(std::string{get} + "\r\n");
    expect_received(client, "hello");
    client.forget_received();
    advance(seconds{50});
    EXPECT_THAT(client.received(), IsEmpty());
    client.send(get);
    expect_received(client, "hello");
    client.forget_received();
    client.send("\r");
    advance(seconds{50});
    client.send("\n");
    advance(seconds{9});
    EXPECT_FALSE(client.ended());
    advance(seconds{2});
    expect_end(client);
    EXPECT_THAT(client.received(), IsEmpty());
    EXPECT_EQ(events_.records.size(), 2U);
}

TEST_F(SessionTime, AnEmptyLineIsNoFirstByte) {
    start();
    Client& client = connect();
    client.send("\r\n");
    advance(seconds{9});
    EXPECT_FALSE(client.ended());
    advance(seconds{2});
    expect_end(client);
    EXPECT_THAT(client.received(), IsEmpty());
}

TEST_F(SessionTime, TheTimeOfAHeadRunsFromItsFirstByteBehindAnEmptyLine) {
    start();
    Client& client = connect();
    client.send("\r\n");
    advance(seconds{4});
    client.send("GET");
    advance(seconds{4});
    EXPECT_THAT(client.received(), IsEmpty());
    advance(seconds{2});
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 408 "));
}

// However late the second one comes.
TEST_F(SessionTime, OnlyOneEmptyLineIsSkipped) {
    start();
    Client& client = connect();
    client.send(std::string{get} + "\r\n");
    expect_received(client, "hello");
    client.forget_received();
    advance(seconds{1});
    client.send("\r\n");
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 "));
}

TEST_F(SessionTime, Answers408ToABodyThatStops) {
    answer_with_body();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello");
    run_until([this] { return events_.in_work == 1; });
    advance(seconds{9});
    EXPECT_THAT(client.received(), IsEmpty());
    advance(seconds{2});
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 408 "));
    EXPECT_EQ(events_.records.at(0).failure, FailureKind::request_timeout);
}

TEST_F(SessionTime, Answers408ToABodyThatTrickles) {
    answer_with_body();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    run_until([this] { return events_.in_work == 1; });
    // Never idle for long, but far below 1 KiB/s.
    for (int i = 0; i < 10; ++i) {
        advance(milliseconds{1100});
        client.send("x");
    }
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 408 "));
}

// Ten minutes, so that the ten seconds that each body has at first hide no other rate.
TEST_F(SessionTime, AcceptsABodyAtTheLowestRate) {
    answer_with_body();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 614400\r\n\r\n");
    for (int i = 0; i < 600; ++i) {
        advance(seconds{1});
        ASSERT_THAT(client.received(), IsEmpty());
        client.send(std::string(1024, 'x'));
    }
    expect_received(client, "read");
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 200 "));
}

// 24 bytes a second too few: after 380 seconds little more than one is left of the ten.
TEST_F(SessionTime, Answers408ToABodyJustBelowTheLowestRate) {
    answer_with_body();
    start();
    Client& client = connect();
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 614400\r\n\r\n");
    run_until([this] { return events_.in_work == 1; });
    for (int i = 0; i < 380; ++i) {
        advance(seconds{1});
        ASSERT_THAT(client.received(), IsEmpty());
        client.send(std::string(1000, 'x'));
    }
    advance(seconds{4});
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 408 "));
}

// What a client is given that takes nothing: more than any socket buffer holds.
Awaitable<Answer> huge_answer(Request&) {
    static const std::string huge(16 << 20, 'x');
    co_return text_answer(huge);
}

TEST_F(SessionTime, AbortsAnAnswerOfWhichTheClientTakesNothing) {
    handler_.reply = huge_answer;
    start();
    Client& client = connect();
    client.stop_reading();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    advance(seconds{9});
    EXPECT_EQ(server_->open_connections(), 1u);
    advance(seconds{2});
    run_until([this] { return server_->open_connections() == 0; });
    EXPECT_EQ(events_.records.at(0).status, 499);
    client.resume_reading();
    expect_end(client);
    EXPECT_TRUE(client.was_reset());
}

TEST_F(SessionTime, GivesASlowReaderTimeAsLongAsItTakesSomething) {
    handler_.reply = huge_answer;
    start();
    Client& client = connect();
    client.stop_reading();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    advance(seconds{9});
    client.resume_reading();
    run_until([&] { return body_of(client.received()).size() == 16u << 20; });
    EXPECT_EQ(events_.records.at(0).status, 200);
}

// The event loop does not turn while time passes, so that it hears of the alarm first.
TEST_F(SessionTime, TakesWhatCameInTimeHoweverLateTheLoopIs) {
    start();
    Client& client = connect();
    settle();
    client.send(get);
    while (!client.delivered()) {
    }
    clock_.move(seconds{11});
    timers_.advance();
    expect_received(client, "hello");
}

TEST_F(SessionTime, LingersOnlyShortlyForAClientThatStaysAfterAWholeRequest) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect_end(client);
    advance(milliseconds{240});
    EXPECT_EQ(server_->open_connections(), 1u) << "another request may be on its way";
    advance(milliseconds{20});
    run_until([this] { return server_->open_connections() == 0; });
}

TEST_F(SessionTime, StopsLingeringForAClientThatStays) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\nHost: a\r\n\r\n");
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 "));
    advance(milliseconds{1900});
    EXPECT_EQ(server_->open_connections(), 1u);
    advance(milliseconds{200});
    run_until([this] { return server_->open_connections() == 0; });
}

TEST_F(SessionTime, StopsLingeringForAClientThatNeverStopsSending) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect_end(client);
    client.send(std::string(600 << 10, 'x'));
    run_until([this] { return server_->open_connections() == 0; });
}

}  // namespace
}  // namespace weft
