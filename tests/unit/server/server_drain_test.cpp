#include <gmock/gmock.h>

#include "unit/server/harness.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class ServerDrain : public ServerTest {
  protected:
    // A client that has had an answer and asks for nothing when the drain begins.
    Client& idle_in_a_drain() {
        start();
        Client& client = connect();
        client.send(get);
        expect_received(client, "hello");
        client.forget_received();
        settle();
        drain();
        return client;
    }
};

TEST_F(ServerDrain, EndsAtOnceWithoutConnections) {
    start();
    drain();
    run_until([this] { return drained(); });
}

// Its client does not know of the drain yet.
TEST_F(ServerDrain, AnswersARequestThatWasOnItsWayToAnIdleConnection) {
    Client& client = idle_in_a_drain();
    advance(milliseconds{200});
    EXPECT_FALSE(client.ended());
    client.send(get);
    expect_end(client);
    EXPECT_TRUE(client.received().ends_with("hello"));
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    client.close();
    run_until([this] { return drained(); });
}

TEST_F(ServerDrain, ClosesIdleConnectionsAfterAMoment) {
    Client& client = idle_in_a_drain();
    advance(milliseconds{260});
    run_until([this] { return drained(); });
    expect_end(client);
    EXPECT_FALSE(client.was_reset());
    EXPECT_THAT(client.received(), IsEmpty());
}

TEST_F(ServerDrain, FinishesTheRequestInWorkAndSaysThatItCloses) {
    handler_.reply = [this](Request&) -> Awaitable<Answer> {
        co_await wait_for_release();
        co_return text_answer("in work");
    };
    start();
    Client& client = connect();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    drain();
    advance(seconds{1});
    EXPECT_FALSE(drained());
    release();
    expect_end(client);
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_TRUE(client.received().ends_with("in work"));
    client.close();
    run_until([this] { return drained(); });
}

TEST_F(ServerDrain, AnswersWhatWasPipelinedBeforeItCloses) {
    handler_.reply = [this](Request&) -> Awaitable<Answer> {
        co_await wait_for_release();
        co_return text_answer("in work");
    };
    start();
    Client& client = connect();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    client.send(get);
    settle();
    drain();
    release();
    run_until([&] { return count_of(client.received(), "in work") == 1 && events_.in_work == 1; });
    EXPECT_THAT(client.received(), Not(HasSubstr("Connection: close")));
    release();
    expect_end(client);
    EXPECT_EQ(count_of(client.received(), "in work"), 2u);
    EXPECT_EQ(count_of(client.received(), "Connection: close"), 1u);
}

TEST_F(ServerDrain, LetsAHeadThatHasBegunFinish) {
    start();
    Client& client = connect();
    client.send("GET / HTTP/1.1\r\n");
    settle();
    drain();
    advance(seconds{1});
    client.send("Host: a\r\n\r\n");
    expect_end(client);
    EXPECT_TRUE(client.received().ends_with("hello"));
}

TEST_F(ServerDrain, AcceptsWhatWaitsInTheBacklog) {
    start();
    // Connected by the kernel; the server has not run since.
    Client client{io_, server_->local_endpoint()};
    client.send(get);
    drain();
    expect_end(client);
    EXPECT_TRUE(client.received().ends_with("hello"));
    EXPECT_THAT(client.received(), HasSubstr("\r\nConnection: close\r\n"));
    client.close();
    run_until([this] { return drained(); });
}

TEST_F(ServerDrain, GivesANewcomerAMomentAndNoMore) {
    start();
    Client& client = connect();
    drain();
    advance(milliseconds{100});
    EXPECT_FALSE(client.ended());
    advance(milliseconds{200});
    expect_end(client);
    run_until([this] { return drained(); });
}

TEST_F(ServerDrain, RefusesNewConnections) {
    start();
    const Endpoint endpoint = server_->local_endpoint();
    drain();
    Socket socket{io_.get_executor()};
    error_code error;
    socket.connect(endpoint, error);
    EXPECT_EQ(error, asio::error::connection_refused);
}

TEST_F(ServerDrain, IsCutShortByCloseAll) {
    handler_.reply = [this](Request& request) -> Awaitable<Answer> {
        request.on_client_gone = [this] { release(); };
        co_await wait_for_release();
        request.on_client_gone = nullptr;
        co_return text_answer("too late");
    };
    start();
    Client& client = connect();
    client.send(get);
    run_until([this] { return events_.in_work == 1; });
    drain();
    server_->close_all();
    run_until([this] { return drained(); });
    expect_end(client);
    EXPECT_THAT(client.received(), IsEmpty());
    EXPECT_EQ(events_.records.at(0).status, 499);
}

}  // namespace
}  // namespace weft
