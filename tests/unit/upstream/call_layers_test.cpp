#include "upstream/call_layers.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::string busy = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

class CallLayersTest : public UpstreamFixture {
  protected:
    // No time limit of its own: virtual time passes beside real sockets.
    template <class Change>
    void make(Change change) {
        make_upstream([&](UpstreamSettings& settings) {
            settings.connect_timeout = seconds{1000};
            change(settings);
        });
    }
    CallRequest patient() const {
        auto asked = request();
        asked.deadline += seconds{1000};
        return asked;
    }
    std::shared_ptr<Outcome> start_through(CallRequest asked) {
        auto outcome = std::make_shared<Outcome>();
        outcome->call =
            call_upstream(*upstream_, std::move(asked), [outcome](auto ended, auto record) {
                outcome->answer.emplace(std::move(ended));
                outcome->record = std::move(record);
            });
        return outcome;
    }
    std::shared_ptr<Outcome> start_through() { return start_through(patient()); }
    Outcome& end_through(const std::shared_ptr<Outcome>& outcome) {
        const auto limit = SteadyClock::now() + seconds{20};
        while (!outcome->ended() && SteadyClock::now() < limit) {
            pass(milliseconds{1});
            context_.restart();
            context_.run_one_for(milliseconds{1});
        }
        EXPECT_TRUE(outcome->ended());
        return *outcome;
    }
    std::uint16_t status(const std::shared_ptr<Outcome>& outcome) {
        const auto& end = end_through(outcome).answer;
        return end->has_value() ? (*end)->status : std::uint16_t{0};
    }
};

TEST_F(CallLayersTest, AreNotThereWhereNothingIsAskedFor) {
    EXPECT_EQ(upstream_->layers(), nullptr);
    always_answer(answer("[]"));
    EXPECT_EQ(end_through(start_through()).body(), "[]");
}

TEST_F(CallLayersTest, AreThereForEachPolicy) {
    make([](auto& settings) { settings.retry.emplace(); });
    EXPECT_NE(upstream_->layers(), nullptr);
    make([](auto& settings) { settings.circuit_breaker.emplace(); });
    EXPECT_NE(upstream_->layers(), nullptr);
    make([](auto& settings) { settings.max_concurrency = 1; });
    EXPECT_NE(upstream_->layers(), nullptr);
    make([](auto& settings) { settings.coalesce = true; });
    EXPECT_NE(upstream_->layers(), nullptr);
}

// The order: the breaker hears of each attempt, a resting call holds no slot, and who joins a call
// takes none.
TEST_F(CallLayersTest, JudgeEachAttempt) {
    make([](auto& settings) {
        settings.retry = RetryPolicy{.statuses = {503}, .backoff = milliseconds{1}};
        settings.circuit_breaker = CircuitBreakerPolicy{.least_calls = 2};
    });
    always_answer(busy);
    EXPECT_EQ(status(start_through()), 503);
    EXPECT_EQ(service_.requests(), 2U);
    EXPECT_EQ(end_through(start_through()).failure(), FailureKind::unavailable);
    EXPECT_EQ(service_.requests(), 2U);
}

TEST_F(CallLayersTest, HoldNoSlotWhileACallRests) {
    make([](auto& settings) {
        settings.retry = RetryPolicy{.statuses = {503}};
        settings.max_concurrency = 1;
    });
    service_.on_request = [](Peer& peer) {
        const bool rest = peer.requests.back().find("/rest") != std::string::npos;
        peer.send(
            rest ? "HTTP/1.1 503 Busy\r\nRetry-After: 100\r\nContent-Length: 0\r\n\r\n"
                 : answer("[]")
        );
    };
    auto resting = patient();
    resting.target = "/rest";
    const auto rests = start_through(std::move(resting));
    ASSERT_TRUE(run_until([&] { return upstream_->idle_connections() == 1; }));
    EXPECT_EQ(end_through(start_through()).body(), "[]");
    EXPECT_FALSE(rests->ended());
    rests->call.cancel();
}

TEST_F(CallLayersTest, TakeOneSlotForAllWhoShareACall) {
    make([](auto& settings) {
        settings.coalesce = true;
        settings.max_concurrency = 1;
    });
    std::vector<std::shared_ptr<Outcome>> calls;
    for (int i = 0; i < 10; ++i) calls.push_back(start_through());
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    service_.peers[0]->send(answer("[]"));
    for (const auto& each : calls) EXPECT_EQ(end_through(each).body(), "[]");
    EXPECT_EQ(service_.requests(), 1U);
}

TEST_F(CallLayersTest, EndACallThatTheUpstreamDoesNotOutlive) {
    make([](auto& settings) {
        settings.retry.emplace();
        settings.circuit_breaker.emplace();
        settings.max_concurrency = 1;
        settings.coalesce = true;
    });
    const auto outcome = start_through();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    upstream_.reset();
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::unavailable);
}

}  // namespace
}  // namespace weft
