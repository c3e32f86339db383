#include <gmock/gmock.h>

#include "unit/server/harness.hpp"

namespace weft {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class Session : public ServerTest {};

// Answers with the path that was asked for.
Awaitable<Answer> echo_path(Request& request) {
    Answer answer;
    auto path = std::make_shared<std::string>(request.head->path);
    answer.pieces.push_back(*path);
    answer.owners.push_back(path);
    co_return answer;
}

TEST_F(Session, AnswersSeveralRequestsOnOneConnection) {
    start();
    Client& client = connect();
    for (int i = 0; i < 3; ++i) {
        client.forget_received();
        client.send(get);
        expect_received(client, "hello");
        EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 200 OK\r\nDate: "));
        EXPECT_THAT(client.received(), HasSubstr("\r\nContent-Length: 5\r\n"));
        EXPECT_THAT(client.received(), Not(HasSubstr("Connection")));
    }
    EXPECT_EQ(events_.opened, 1);
    EXPECT_EQ(events_.records.size(), 3u);
}

TEST_F(Session, AnswersPipelinedRequestsInOrder) {
    handler_.reply = echo_path;
    start();
    Client& client = connect();
    client.send(
        "GET /one HTTP/1.1\r\nHost: a\r\n\r\nGET /two HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET /three HTTP/1.1\r\nHost: a\r\n\r\n"
    );
    expect_received(client, "/three");
    EXPECT_LT(client.received().find("/one"), client.received().find("/two"));
    EXPECT_EQ(count_of(client.received(), "HTTP/1.1 200 OK"), 3u);
}

TEST_F(Session, HandlesOnePipelinedRequestAtATime) {
    int at_once = 0;
    int most = 0;
    handler_.reply = [&](Request&) -> Awaitable<Answer> {
        most = std::max(most, ++at_once);
        co_await wait_for_release();
        --at_once;
        co_return text_answer("done");
    };
    start();
    Client& client = connect();
    client.send(std::string{get} + std::string{get});
    run_until([&] { return at_once == 1; });
    settle();
    release();
    run_until([&] { return count_of(client.received(), "done") == 1 && at_once == 1; });
    release();
    run_until([&] { return count_of(client.received(), "done") == 2; });
    EXPECT_EQ(most, 1);
}

TEST_F(Session, ReadsARequestThatComesByteByByte) {
    start();
    Client& client = connect();
    for (const char byte : get) {
        client.send({&byte, 1});
        settle();
    }
    expect_received(client, "hello");
}

TEST_F(Session, AnswersHeadWithTheLengthAndNoBody) {
    start();
    Client& client = connect();
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_received(client, "\r\n\r\n");
    EXPECT_THAT(client.received(), HasSubstr("Content-Length: 5\r\n"));
    client.send(get);
    expect_received(client, "hello");
    EXPECT_EQ(count_of(client.received(), "hello"), 1u);
}

TEST_F(Session, ClosesWhenTheClientAsksForIt) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + std::string{get});
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_EQ(count_of(client.received(), "hello"), 1u);
}

TEST_F(Session, ClosesAfterAnHttp10RequestThatDoesNotAskToStay) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.0\r\n\r\n");
    expect_end(client);
    EXPECT_TRUE(client.received().ends_with("hello"));
}

TEST_F(Session, KeepsAnHttp10ConnectionThatAsksForIt) {
    start();
    Client& client = connect();
    for (int i = 0; i < 2; ++i) {
        client.forget_received();
        client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        expect_received(client, "hello");
        EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: keep-alive\r\n"));
    }
}

TEST_F(Session, ClosesWhenTheAnswerSaysSo) {
    handler_.reply = [](Request&) -> Awaitable<Answer> {
        Answer answer = text_answer("bye");
        answer.close = true;
        co_return answer;
    };
    start();
    Client& client = connect();
    client.send(get);
    expect_end(client);
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_TRUE(client.received().ends_with("bye"));
}

TEST_F(Session, RefusesAMalformedHeadAndCloses) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nBad Header: x\r\n\r\n");
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(client.received(), HasSubstr("application/problem+json"));
    ASSERT_EQ(events_.records.size(), 1u);
    EXPECT_EQ(events_.records[0].status, 400);
    EXPECT_EQ(events_.records[0].failure, FailureKind::bad_request);
    EXPECT_EQ(events_.records[0].client, "127.0.0.1");
}

TEST_F(Session, DropsWhatComesBehindARefusedHeadSoThatTheAnswerArrives) {
    start();
    Client& client = connect();
    client.send("BAD\r\n\r\n");
    client.send(std::string(100'000, 'x'));
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 "));
    EXPECT_EQ(server_->open_connections(), 1u) << "waits for the client's own close";
    client.close();
    run_until([this] { return server_->open_connections() == 0; });
}

TEST_F(Session, AnswersARequestFollowedByHalfAClose) {
    handler_.reply = [this](Request&) -> Awaitable<Answer> {
        co_await wait_for_release();
        co_return text_answer("still here");
    };
    start();
    Client& client = connect();
    client.send(get);
    client.shut_down_sending();
    run_until([this] { return events_.in_work == 1; });
    advance(std::chrono::seconds{1});
    release();
    expect_end(client);
    EXPECT_TRUE(client.received().ends_with("still here"));
    EXPECT_EQ(events_.records.at(0).status, 200);
}

TEST_F(Session, RefusesAHeadThatTheClientBreaksOff) {
    start();
    Client& client = connect();
    client.send("GET / HT");
    client.shut_down_sending();
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 400 "));
}

TEST_F(Session, GoesOnAfterARequestThatTookLong) {
    handler_.reply = [this](Request&) -> Awaitable<Answer> {
        co_await wait_for_release();
        co_return text_answer("at last");
    };
    start();
    Client& client = connect();
    for (std::size_t answered = 1; answered <= 3; ++answered) {
        client.send(get);
        run_until([this] { return events_.in_work == 1; });
        advance(std::chrono::seconds{1});
        release();
        run_until([&] { return count_of(client.received(), "at last") == answered; });
        settle();
    }
}

TEST_F(Session, AnswersAnExceptionWith500AndClosesThatConnectionOnly) {
    handler_.reply = [](Request& request) -> Awaitable<Answer> {
        if (request.head->path == "/bug") throw std::logic_error{"a bug"};
        co_return text_answer("fine");
    };
    start();
    Client& other = connect();
    Client& client = connect();
    client.send("GET /bug HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_end(client);
    EXPECT_THAT(client.received(), StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(client.received(), Not(HasSubstr("a bug")));
    EXPECT_THAT(events_.bugs, ElementsAre("a bug"));
    EXPECT_EQ(events_.records.at(0).failure, FailureKind::internal);
    other.send(get);
    expect_received(other, "fine");
}

TEST_F(Session, KeepsAWellFormedRequestIdAndMakesOneElse) {
    std::vector<std::string> ids;
    handler_.reply = [&](Request& request) -> Awaitable<Answer> {
        ids.push_back(request.request_id);
        co_return text_answer("ok");
    };
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: my-id.1\r\n\r\n");
    client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: not mine\r\n\r\n");
    client.send(get);
    run_until([&] { return ids.size() == 3; });
    EXPECT_EQ(ids[0], "my-id.1");
    EXPECT_EQ(ids[1].size(), 32u);
    EXPECT_EQ(ids[2].size(), 32u);
    EXPECT_NE(ids[1], ids[2]);
}

TEST_F(Session, RecordsWhatHappened) {
    handler_.reply = [this](Request& request) -> Awaitable<Answer> {
        request.record->route = "a-route";
        clock_.move(std::chrono::milliseconds{7});
        co_return text_answer("hello");
    };
    start();
    Client& client = connect();
    client.send("GET /a/b?secret=1 HTTP/1.1\r\nHost: a\r\nX-Request-Id: id-1\r\n\r\n");
    expect_received(client, "hello");
    run_until([this] { return events_.records.size() == 1; });
    const RequestRecord& record = events_.records[0];
    EXPECT_EQ(record.request_id, "id-1");
    EXPECT_EQ(record.client, "127.0.0.1");
    EXPECT_EQ(record.method, "GET");
    EXPECT_EQ(record.path, "/a/b");
    EXPECT_EQ(record.route, "a-route");
    EXPECT_EQ(record.status, 200);
    EXPECT_FALSE(record.failure);
    EXPECT_TRUE(record.complete);
    EXPECT_EQ(record.duration, std::chrono::milliseconds{7});
    EXPECT_EQ(record.bytes_sent, client.received().size());
}

}  // namespace
}  // namespace weft
