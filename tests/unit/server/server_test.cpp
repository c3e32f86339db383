#include <gmock/gmock.h>

#include "server/listener.hpp"
#include "unit/server/harness.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view get = "GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n";

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
