#include <gtest/gtest.h>

#include "unit/upstream/pool_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_F(PoolTest, OneConnectionServesManyCalls) {
    always_answer(answer("{}"));
    for (int i = 0; i < 5; ++i) {
        const Outcome outcome = call();
        EXPECT_EQ(outcome.body(), "{}");
        EXPECT_EQ(outcome.record.reused_connection, i > 0);
    }
    EXPECT_EQ(service_.peers.size(), 1U);
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(PoolTest, TakesTheConnectionThatWasUsedLast) {
    open(3);
    call();
    EXPECT_EQ(requests_on(2), 2U);
    call();
    EXPECT_EQ(requests_on(2), 3U);
    EXPECT_EQ(requests_on(0), 1U);
}

TEST_F(PoolTest, TheConnectionIsBackBeforeTheCompletionRuns) {
    always_answer(answer("{}"));
    std::optional<std::size_t> idle;
    start_call(*upstream_, request(), [&](auto, auto) { idle = upstream_->idle_connections(); });
    ASSERT_TRUE(run_until([&] { return idle.has_value(); }));
    EXPECT_EQ(idle, 1U);
}

// It can be written to, which nobody waits for.
TEST_F(PoolTest, AConnectionThatHasBecomeIdleDoesNotWakeTheLoop) {
    service_.on_request = {};
    const auto waiting = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    settle();
    service_.peers[0]->send(answer("{}"));
    end_of(waiting);
    ASSERT_EQ(upstream_->idle_connections(), 1U);
    context_.restart();
    EXPECT_EQ(context_.poll(), 0U);
}

TEST_F(PoolTest, NoticesThatAnIdleConnectionWasClosed) {
    open(2);
    service_.peers[0]->close();
    ASSERT_TRUE(run_until([&] { return upstream_->idle_connections() == 1; }));
    EXPECT_EQ(upstream_->open_connections(), 1U);
    call();
    EXPECT_EQ(requests_on(1), 2U);
}

struct NotReused {
    const char* name;
    const char* bytes;
    const char* body;
};

class PoolAnswer : public PoolTest, public testing::WithParamInterface<NotReused> {};

TEST_P(PoolAnswer, EndsTheConnectionAfterIt) {
    service_.on_request = [](Peer& peer) {
        peer.send(GetParam().bytes);
        if (std::string{GetParam().name} == "until_close") peer.close();
    };
    const Outcome outcome = call();
    EXPECT_EQ(outcome.body(), GetParam().body);
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Answers,
    PoolAnswer,
    testing::Values(
        NotReused{
            "close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n1", "1"},
        NotReused{"http_1_0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n1", "1"},
        NotReused{"bytes_after_it", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 ", "1"},
        NotReused{"until_close", "HTTP/1.1 200 OK\r\n\r\n1", "1"},
        NotReused{
            "shortest_keep_alive",
            "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 1\r\n\r\n1",
            "1"}
    ),
    [](const auto& row) { return std::string{row.param.name}; }
);

TEST_F(PoolTest, ClosesAConnectionThatWasIdleForItsLimit) {
    open(2);
    pass(seconds{3});
    call();  // of the second one, which so stays
    pass(seconds{1} + 2 * Timers::tick);
    EXPECT_EQ(upstream_->idle_connections(), 1U);
    EXPECT_TRUE(run_until([&] { return service_.peers[0]->ended; }));
    pass(seconds{3});
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(PoolTest, KeepsAnIdleConnectionASecondLessThanTheServiceDoes) {
    always_answer("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=3\r\nContent-Length: 0\r\n\r\n");
    call();
    pass(milliseconds{1990});
    EXPECT_EQ(upstream_->idle_connections(), 1U);
    pass(milliseconds{20});
    EXPECT_EQ(upstream_->idle_connections(), 0U);
}

TEST_F(PoolTest, AHugeKeepAliveTimeoutKeepsTheOwnLimit) {
    always_answer(
        "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=99999999999999999999\r\nContent-Length: 0\r\n\r\n"
    );
    call();
    pass(milliseconds{3990});
    EXPECT_EQ(upstream_->idle_connections(), 1U);
    pass(milliseconds{20});
    EXPECT_EQ(upstream_->idle_connections(), 0U);
}

TEST_F(PoolTest, DrainingClosesWhatIsIdleAndThenWhatComesBack) {
    open(2);
    service_.on_request = {};
    const auto running = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 3; }));
    upstream_->drain();
    EXPECT_EQ(upstream_->idle_connections(), 0U);
    EXPECT_EQ(upstream_->open_connections(), 1U);
    service_.peers[1]->send(answer("1"));
    EXPECT_EQ(end_of(running).body(), "1");
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(PoolTest, CallsEndWithTheirUpstream) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto running = start();
    const auto waiting = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    upstream_.reset();
    EXPECT_EQ(end_of(running).failure(), FailureKind::unavailable);
    EXPECT_EQ(end_of(waiting).failure(), FailureKind::unavailable);
    EXPECT_EQ(running->record.end, CallEnd::unknown);
    EXPECT_EQ(waiting->record.end, CallEnd::refused);
}

TEST_F(PoolTest, TheContextMayEndWhileCallsAreAtWork) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 2; });
    for (int i = 0; i < 4; ++i) start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 2; }));
}

TEST_F(PoolTest, SixtyFourCallsAtOnce) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 16; });
    service_.on_request = [](Peer& peer) {
        const std::string& asked = peer.requests.back();
        peer.send(answer(asked.substr(5, asked.find(' ', 5) - 5)));
    };
    for (int round = 0; round < 5; ++round) {
        std::vector<std::shared_ptr<Outcome>> calls;
        for (int i = 0; i < 64; ++i) {
            CallRequest asked = request();
            asked.target = "/" + std::to_string(i);
            calls.push_back(start(std::move(asked)));
        }
        for (std::size_t i = 0; i < calls.size(); ++i) {
            EXPECT_EQ(end_of(calls[i]).body(), std::to_string(i));
        }
    }
    EXPECT_EQ(service_.peers.size(), 16U);
    EXPECT_EQ(upstream_->idle_connections(), 16U);
}

}  // namespace
}  // namespace weft
