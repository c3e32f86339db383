#include <gtest/gtest.h>

#include "unit/upstream/upstream_fixture.hpp"
#include "upstream/balance.hpp"

namespace weft {
namespace {

// A service of two instances.
class InstancesTest : public UpstreamFixture {
  protected:
    InstancesTest() {
        always_answer(answer("1"));
        other_.on_request = [](Peer& peer) { peer.send(answer("2")); };
        make_pair_of_instances([](UpstreamSettings&) {});
    }

    template <class Change>
    void make_pair_of_instances(Change change) {
        make_upstream([&](UpstreamSettings& settings) {
            settings.endpoints.push_back({other_.endpoint(), "other.test", 1});
            change(settings);
        });
    }

    std::string bodies(int calls) {
        std::string text;
        for (int i = 0; i < calls; ++i) text += call().body();
        return text;
    }

    ScriptedService other_{context_};
};

TEST_F(InstancesTest, TakeTurnsAndKeepTheirConnections) {
    EXPECT_EQ(bodies(6), "121212");
    EXPECT_EQ(service_.peers.size(), 1U);
    EXPECT_EQ(other_.peers.size(), 1U);
    EXPECT_EQ(upstream_->idle_connections(), 2U);
}

TEST_F(InstancesTest, GetACallByHowManyTheyHaveInFlight) {
    service_.on_request = {};
    const auto slow = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    EXPECT_EQ(bodies(4), "2222");
    service_.peers[0]->send(answer("1"));
    EXPECT_EQ(end_of(slow).body(), "1");
    always_answer(answer("1"));
    EXPECT_EQ(bodies(4), "1212");
}

TEST_F(InstancesTest, AreLeftAloneForAWhileAfterTheyRefused) {
    Acceptor refusing{context_, Tcp::v4()};
    refusing.bind(Endpoint{asio::ip::address_v4::loopback(), 0});
    make_pair_of_instances([&](UpstreamSettings& settings) {
        settings.endpoints[0].address = refusing.local_endpoint();
    });
    EXPECT_EQ(bodies(3), "222");
    EXPECT_EQ(other_.peers.size(), 1U);
    refusing.listen();
    bool accepted = false;
    refusing.async_accept([&](error_code error, Socket) { accepted = !error; });
    EXPECT_EQ(bodies(2), "22");
    settle();
    EXPECT_FALSE(accepted);
    pass(Balance::penalty);
    const auto outcome = start();
    EXPECT_TRUE(run_until([&] { return accepted; }));
    outcome->call.cancel();
}

TEST_F(InstancesTest, AreNotBlamedForACallThatWasCancelled) {
    const auto cancelled = start();
    ASSERT_TRUE(cancelled->call.cancel());
    settle();
    // It has had its turn with the first, to which the next but one goes all the same.
    EXPECT_EQ(bodies(2), "21");
}

TEST_F(InstancesTest, ShareTheLimitOfConnections) {
    make_pair_of_instances([](UpstreamSettings& settings) { settings.max_connections = 1; });
    EXPECT_EQ(bodies(4), "1111");
    EXPECT_EQ(upstream_->open_connections(), 1U);
}

TEST_F(InstancesTest, AreSeveralAddressesOfOneWithoutTurns) {
    make_upstream([&](UpstreamSettings& settings) {
        settings.endpoints.push_back({other_.endpoint(), "other.test", 0});
    });
    EXPECT_EQ(bodies(3), "111");
}

TEST_F(InstancesTest, AreLeftAloneWhenTheirAnswersFail) {
    always_answer("HTTP/1.1 500 X\r\nContent-Length: 1\r\n\r\n!");
    EXPECT_EQ(bodies(10), "!2!2!2!2!2");
    EXPECT_EQ(bodies(4), "2222");
    always_answer(answer("1"));
    pass(Ejection::shortest);
    EXPECT_EQ(bodies(4), "1212");
}

TEST_F(InstancesTest, AreLeftAloneWhenTheyEndConnectionsWithoutAnAnswer) {
    service_.on_request = [](Peer& peer) { peer.reset(); };
    for (int i = 0; i < 10; ++i) call(request(Method::post));
    const std::size_t before = service_.requests();
    EXPECT_EQ(before, 5U);
    EXPECT_EQ(bodies(4), "2222");
    EXPECT_EQ(service_.requests(), before);
}

TEST_F(InstancesTest, AreLeftAloneWhenTheyAreSilentUntilCallsAreCancelledAtTheirDeadline) {
    service_.on_request = {};
    for (std::size_t i = 1; i <= 5; ++i) {
        const auto silent = start();
        ASSERT_TRUE(run_until([&] { return service_.requests() == i; }));
        clock_.move(std::chrono::seconds{1});
        silent->call.cancel();
        EXPECT_EQ(bodies(1), "2");
    }
    EXPECT_EQ(bodies(4), "2222");
}

TEST_F(InstancesTest, AreCheckedAndGetNoCallsWhileUnhealthy) {
    make_pair_of_instances([](UpstreamSettings& settings) {
        settings.health = HealthPolicy{.path = "/healthz", .failures = 1};
    });
    service_.on_request = [](Peer& peer) {
        const bool is_check = peer.requests.back().starts_with("GET /healthz");
        peer.send(is_check ? "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n" : answer("1"));
    };
    pass(std::chrono::seconds{5} + Timers::tick);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1 && other_.requests() == 1; }));
    settle();
    EXPECT_EQ(bodies(4), "2222");
    upstream_->drain();
    pass(std::chrono::seconds{60});
    settle();
    EXPECT_EQ(service_.requests(), 1U) << "who is retired checks no more";
}

TEST_F(InstancesTest, RefuseCallsWhileAllAreUnhealthy) {
    make_pair_of_instances([](UpstreamSettings& settings) {
        settings.health = HealthPolicy{.path = "/healthz", .failures = 1};
    });
    for (auto* service : {&service_, &other_}) {
        service->on_request = [](Peer& peer) {
            peer.send("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
        };
    }
    pass(std::chrono::seconds{5} + Timers::tick);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1 && other_.requests() == 1; }));
    settle();
    EXPECT_EQ(call().failure(), FailureKind::unavailable);
    EXPECT_EQ(service_.requests() + other_.requests(), 2U);
}

}  // namespace
}  // namespace weft
