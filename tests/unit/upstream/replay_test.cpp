#include <gtest/gtest.h>

#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

class ReplayTest : public UpstreamFixture {
  protected:
    // One idle connection that looks healthy and dies, as `die` says, on its next request.
    void make_stale(std::function<void(Peer&)> die) {
        always_answer(answer("first"));
        ASSERT_EQ(call().body(), "first");
        service_.on_request = [die = std::move(die)](Peer& peer) {
            if (peer.index == 0) return die(peer);
            peer.send(answer("second"));
        };
    }
};

struct Death {
    const char* name;
    void (*die)(Peer&);
};

class ReplayDeath : public ReplayTest, public testing::WithParamInterface<Death> {};

INSTANTIATE_TEST_SUITE_P(
    Of,
    ReplayDeath,
    testing::Values(
        Death{"close", [](Peer& peer) { peer.close(); }},
        Death{"reset", [](Peer& peer) { peer.reset(); }}
    ),
    [](const auto& row) { return std::string{row.param.name}; }
);

TEST_P(ReplayDeath, AGetIsSentAgainOnAFreshConnection) {
    make_stale(GetParam().die);
    const Outcome outcome = call();
    EXPECT_EQ(outcome.body(), "second");
    EXPECT_EQ(outcome.record.attempts, 2);
    EXPECT_FALSE(outcome.record.reused_connection);
    EXPECT_EQ(service_.peers[0]->requests[1], service_.peers[1]->requests[0]);
    EXPECT_EQ(upstream_->open_connections(), 1U);
}

TEST_P(ReplayDeath, APostIsNotSentAgain) {
    make_stale(GetParam().die);
    const Outcome outcome = call(request(Method::post, "{}"));
    EXPECT_EQ(outcome.failure(), FailureKind::connection_closed);
    EXPECT_EQ(outcome.record.end, CallEnd::unknown);
    EXPECT_EQ(outcome.record.attempts, 1);
    EXPECT_TRUE(outcome.record.reused_connection);
    EXPECT_EQ(service_.peers.size(), 1U);
}

TEST_P(ReplayDeath, APostWithAnIdempotencyKeyIsSentAgainWithItsBody) {
    make_stale(GetParam().die);
    CallRequest asked = request(Method::post, std::string(100'000, 'x'));
    asked.field_lines = std::string{"Idempotency-Key: 1\r\n"};
    asked.has_idempotency_key = true;
    EXPECT_EQ(call(std::move(asked)).body(), "second");
    EXPECT_EQ(service_.peers[1]->requests[0].substr(0, 5), "POST ");
    EXPECT_TRUE(service_.peers[1]->requests[0].ends_with(std::string(100'000, 'x')));
}

TEST_P(ReplayDeath, AFreshConnectionThatFailsIsNotReplaced) {
    service_.on_request = GetParam().die;
    const Outcome outcome = call();
    EXPECT_EQ(outcome.failure(), FailureKind::connection_closed);
    EXPECT_EQ(outcome.record.attempts, 1);
    EXPECT_EQ(outcome.record.end, CallEnd::unknown);
}

TEST_P(ReplayDeath, ThereIsOneReplayAndNoMore) {
    make_stale(GetParam().die);
    service_.on_request = GetParam().die;
    const Outcome outcome = call();
    EXPECT_EQ(outcome.failure(), FailureKind::connection_closed);
    EXPECT_EQ(outcome.record.attempts, 2);
    EXPECT_EQ(service_.peers.size(), 2U);
}

TEST_F(ReplayTest, NotAfterTheFirstByteOfAnAnswer) {
    make_stale([](Peer& peer) {
        peer.send("H");
        peer.close();
    });
    const Outcome outcome = call();
    EXPECT_EQ(outcome.failure(), FailureKind::response_incomplete);
    EXPECT_EQ(outcome.record.attempts, 1);
}

TEST_F(ReplayTest, NotAfterAnInterimAnswer) {
    make_stale([](Peer& peer) {
        peer.send("HTTP/1.1 102 Processing\r\n\r\n");
        peer.close();
    });
    EXPECT_EQ(call().failure(), FailureKind::response_incomplete);
    EXPECT_EQ(service_.peers.size(), 1U);
}

TEST_F(ReplayTest, NotAfterATimeout) {
    make_stale([](Peer&) {});
    const auto outcome = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 2; }));
    pass(std::chrono::milliseconds{1010});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::read_timeout);
    EXPECT_EQ(service_.peers.size(), 1U);
}

TEST_F(ReplayTest, KeepsItsPlaceWhileOthersWait) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    make_stale([](Peer& peer) { peer.close(); });
    const auto first = start();
    const auto second = start();
    EXPECT_EQ(end_of(first).body(), "second");
    EXPECT_EQ(end_of(second).body(), "second");
    EXPECT_EQ(second->record.attempts, 1);
    EXPECT_EQ(service_.peers.size(), 2U);
}

TEST_F(ReplayTest, ARefusedReplayIsARefusedConnection) {
    make_stale([this](Peer& peer) {
        service_.stop_listening();
        peer.close();
    });
    const Outcome outcome = call();
    EXPECT_EQ(outcome.failure(), FailureKind::connection_refused);
    EXPECT_EQ(outcome.record.end, CallEnd::unknown);
}

}  // namespace
}  // namespace weft
