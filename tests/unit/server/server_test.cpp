#include <gmock/gmock.h>

#include "server/listener.hpp"
#include "unit/server/harness.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

class ServerDrain : public ServerTest {};

TEST_F(ServerDrain, EndsAtOnceWithoutConnections) {
    start();
    drain();
    run_until([this] { return drained(); });
}

// Its client does not know of the drain yet.
TEST_F(ServerDrain, AnswersARequestThatWasOnItsWayToAnIdleConnection) {
    start();
    Client& client = connect();
    client.send(get);
    expect_received(client, "hello");
    client.forget_received();
    settle();
    drain();
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
    start();
    Client& client = connect();
    client.send(get);
    expect_received(client, "hello");
    client.forget_received();
    settle();
    drain();
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

class ServerAccept : public ServerTest {};

TEST_F(ServerAccept, KeepsAConnectionOverTheLimitWaiting) {
    settings_.max_connections = 1;
    start();
    Client& first = connect();
    Client& second = connect();
    second.send(get);
    settle();
    EXPECT_EQ(events_.opened, 1);
    EXPECT_THAT(second.received(), IsEmpty());
    first.close();
    expect_received(second, "hello");
}

TEST_F(ServerAccept, AnIdleConnectionGoesWhenAnotherWaits) {
    settings_.max_connections = 1;
    start();
    Client& idle = connect();
    idle.send(get);
    expect_received(idle, "hello");
    settle();
    EXPECT_FALSE(idle.ended()) << "nobody waits";
    Client& next = connect();
    next.send(get);
    expect_received(next, "hello");
    expect_end(idle);
}

TEST_F(ServerAccept, AcceptsManyAtOnce) {
    start();
    for (int i = 0; i < 50; ++i) {
        clients_.push_back(std::make_unique<Client>(io_, server_->local_endpoint()));
        clients_.back()->send(get);
    }
    run_until([this] { return events_.records.size() == 50; });
    for (const auto& client : clients_) expect_received(*client, "hello");
}

// Stands for every reason for which accept() fails, no file descriptors among them: a sanitizer
// needs some itself.
TEST_F(ServerAccept, PausesWhenAcceptingFailsAndClosesIdleConnections) {
    start_to_be_stopped();
    Client& idle = connect();
    idle.send(get);
    expect_received(idle, "hello");
    stop_listening();
    run_until([this] { return events_.pauses == 1; });
    expect_end(idle);

    listen_again();
    clients_.push_back(std::make_unique<Client>(io_, server_->local_endpoint()));
    clients_.back()->send(get);
    settle();
    EXPECT_EQ(events_.opened, 1) << "still pauses";
    advance(milliseconds{110});
    expect_received(*clients_.back(), "hello");
}

TEST_F(ServerAccept, TellsOfPausesOnceASecond) {
    start_to_be_stopped();
    stop_listening();
    run_until([this] { return events_.pauses == 1; });
    for (int i = 0; i < 8; ++i) advance(milliseconds{110});
    EXPECT_EQ(events_.pauses, 1);
    for (int i = 0; i < 2; ++i) advance(milliseconds{110});
    EXPECT_EQ(events_.pauses, 2);
}

TEST(Listener, FindsATakenPort) {
    asio::io_context io;
    const Acceptor first = open_listener(io.get_executor(), listen_endpoint("127.0.0.1", 0));
    EXPECT_THROW(
        open_listener(io.get_executor(), first.local_endpoint()), boost::system::system_error
    );
    try {
        open_listener(io.get_executor(), first.local_endpoint());
    } catch (const boost::system::system_error& error) {
        EXPECT_EQ(error.code(), boost::asio::error::address_in_use);
        const auto port = std::to_string(first.local_endpoint().port());
        EXPECT_THAT(error.what(), HasSubstr("127.0.0.1:" + port));
    }
}

TEST(Listener, LetsOtherWorkersJoin) {
    asio::io_context io;
    const Acceptor first = open_listener(io.get_executor(), listen_endpoint("127.0.0.1", 0));
    const Acceptor second = join_listener(io.get_executor(), first.local_endpoint());
    EXPECT_EQ(first.local_endpoint(), second.local_endpoint());
}

TEST(Listener, TakesAddressesOnly) {
    EXPECT_EQ(listen_endpoint("localhost", 80).address().to_string(), "127.0.0.1");
    EXPECT_EQ(listen_endpoint("::1", 80).address().to_string(), "::1");
    EXPECT_EQ(listen_endpoint("0.0.0.0", 8080).port(), 8080);
    EXPECT_THROW(listen_endpoint("gateway.example", 80), std::invalid_argument);
    EXPECT_THROW(listen_endpoint("", 80), std::invalid_argument);
}

class ServerPeers : public ServerTest {
  protected:
    // Not with connect(), which waits for the connection to be opened.
    Client& one_more() {
        return *clients_.emplace_back(std::make_unique<Client>(io_, server_->local_endpoint()));
    }
};

TEST_F(ServerPeers, ClosesAConnectionOfAnAddressThatHasTooMany) {
    settings_.max_connections_per_address = 1;
    start();
    Client& first = connect();
    Client& second = one_more();
    expect_end(second);
    EXPECT_THAT(second.received(), IsEmpty());
    EXPECT_EQ(events_.refused, 1);
    first.close();
    run_until([this] { return server_->open_connections() == 0; });
    Client& third = one_more();
    third.send(get);
    expect_received(third, "hello");
}

TEST_F(ServerPeers, DoesNotCountThoseOfATrustedProxyAndSaysSo) {
    settings_.max_connections_per_address = 1;
    settings_.trusted_proxies = {AddressRange::parse("127.0.0.0/8").value()};
    handler_.reply = [](Request& request) -> Awaitable<Answer> {
        co_return text_answer(request.peer_is_trusted ? "trusted" : "not");
    };
    start();
    for (int i = 0; i < 3; ++i) {
        Client& client = connect();
        client.send(get);
        expect_received(client, "trusted");
    }
}

}  // namespace
}  // namespace weft
