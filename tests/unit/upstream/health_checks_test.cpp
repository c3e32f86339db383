#include "upstream/health_checks.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class HealthChecksTest : public UpstreamFixture {
  protected:
    void begin(HealthPolicy policy = {.path = "/healthz"}) {
        UpstreamSettings settings;
        settings.name = "orders";
        settings.endpoints = {{service_.endpoint(), "orders.test:9001"}};
        settings.health = policy;
        checks_.emplace(
            LayerPlace{context_.get_executor(), timers_, settings.name},
            settings,
            [this](std::size_t, bool healthy) { found_.push_back(healthy); },
            [] { return 0.0; }
        );
    }
    // The next check, answered with that status.
    void check(int status) {
        service_.on_request = [status](Peer& peer) {
            peer.send("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: 0\r\n\r\n");
        };
        const std::size_t before = service_.requests();
        pass(seconds{5} + Timers::tick);
        ASSERT_TRUE(run_until([&] { return service_.requests() == before + 1; }));
        settle();
    }

    std::optional<HealthChecks> checks_;
    std::vector<bool> found_;
};

TEST_F(HealthChecksTest, AskForThePath) {
    begin();
    check(200);
    const std::string& asked = service_.peers[0]->requests[0];
    EXPECT_EQ(asked.substr(0, asked.find("\r\n")), "GET /healthz HTTP/1.1");
    EXPECT_NE(asked.find("Host: orders.test:9001\r\n"), std::string::npos);
    EXPECT_TRUE(found_.empty());
}

TEST_F(HealthChecksTest, TakeThreeBadOnesInARowForAnIllness) {
    begin();
    for (const int status : {500, 500, 200, 404, 301}) check(status);
    EXPECT_TRUE(found_.empty());
    check(503);
    EXPECT_EQ(found_, std::vector{false});
    check(503);
    EXPECT_EQ(found_, std::vector{false});
}

TEST_F(HealthChecksTest, TakeTwoGoodOnesInARowForACure) {
    begin({.path = "/healthz", .failures = 1});
    for (const int status : {500, 200, 500, 204}) check(status);
    EXPECT_EQ(found_, std::vector{false});
    check(200);
    EXPECT_EQ(found_, (std::vector{false, true}));
}

TEST_F(HealthChecksTest, TakeSilenceForAnIllness) {
    begin({.path = "/healthz", .failures = 1});
    pass(seconds{5} + Timers::tick);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    pass(milliseconds{999});
    settle();
    EXPECT_TRUE(found_.empty());
    pass(milliseconds{1} + Timers::tick);
    settle();
    EXPECT_EQ(found_, std::vector{false});
}

TEST_F(HealthChecksTest, TakeARefusedConnectionForAnIllness) {
    begin({.path = "/healthz", .failures = 1});
    service_.stop_listening();
    pass(seconds{5} + Timers::tick);
    EXPECT_TRUE(run_until([&] { return !found_.empty(); }));
}

TEST_F(HealthChecksTest, EndWithTheirObject) {
    begin();
    pass(seconds{5} + Timers::tick);
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    checks_.reset();
    pass(seconds{60});
    settle();
    EXPECT_EQ(service_.requests(), 1U);
    EXPECT_TRUE(found_.empty());
}

}  // namespace
}  // namespace weft
