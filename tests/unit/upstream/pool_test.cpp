#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "unit/upstream/bell.hpp"
#include "unit/upstream/pool_fixture.hpp"
#include "upstream/awaited_exchange.hpp"

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

TEST_F(PoolTest, DropsAnIdleConnectionThatSaysAnything) {
    open(1);
    service_.peers[0]->send("x");
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 0; }));
    ASSERT_TRUE(run_until([&] { return service_.peers[0]->ended; }));
}

// It was there when the answer was read, and the kernel tells of it only once.
TEST_F(PoolTest, DropsAConnectionThatSaidSomethingBehindAnAnswerThatFilledTheBuffer) {
    constexpr std::size_t room = ReceiveBuffer::first_capacity;
    const std::size_t head = answer(std::string(room / 2, ' ')).size() - room / 2;
    const std::string whole = answer(std::string(room - head, ' '));
    ASSERT_EQ(whole.size(), room);
    always_answer(whole + "x");
    call();
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 0; }));
}

TEST_F(PoolTest, WhatCameBetweenTwoCallsIsNotTakenForAnAnswer) {
    always_answer(answer("own"));
    std::shared_ptr<Outcome> next;
    start_call(*upstream_, request(), [&](auto, auto) {
        service_.peers[0]->send_through(answer("foreign"));
        next = start();
    });
    ASSERT_TRUE(run_until([&] { return next != nullptr; }));
    EXPECT_EQ(end_of(next).body(), "own");
    EXPECT_EQ(next->record.attempts, 1);
    EXPECT_EQ(service_.peers.size(), 2U);
}

// Nothing can be received then, but epoll tells of it whenever it is asked.
TEST_F(PoolTest, DropsAConnectionWithUrgentData) {
    service_.on_request = [&](Peer& peer) {
        peer.send_through(answer("{}"));
        peer.send_urgent_byte();
    };
    call();
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 0; }));
}

TEST_F(PoolTest, WhatIsBehindUrgentDataIsNotTakenForAnAnswer) {
    service_.on_request = [&](Peer& peer) {
        peer.send_through(answer("own"));
        peer.send_urgent_byte();
        peer.send_through(answer("foreign"));
    };
    std::shared_ptr<Outcome> next;
    start_call(*upstream_, request(), [&](auto, auto) { next = start(); });
    ASSERT_TRUE(run_until([&] { return next != nullptr; }));
    EXPECT_EQ(end_of(next).body(), "own");
    EXPECT_EQ(service_.peers.size(), 2U);
}

// What a connection has to say comes in two parts, and the second while an event before that of the
// first is told, which looks at all of them.
class PoolInATurn : public PoolTest {
  protected:
    // The body of the call that is started where the first part has ended one.
    std::string next_after(const std::function<void(Peer&)>& second_part) {
        open(2);
        service_.on_request = {};
        std::shared_ptr<Outcome> next;
        start_call(*upstream_, request(), [&](auto, auto) { next = start(request(Method::post)); });
        run_until([&] { return service_.requests() == 3; });
        settle();
        Peer& peer = *service_.peers[1];
        std::shared_ptr<Outcome> other;
        const Bell bell{context_, [&] {
                            second_part(peer);
                            other = start();
                        }};
        peer.send_through(answer("own"));
        always_answer(answer("fresh"));
        run_until([&] { return next != nullptr; });
        end_of(other);
        return end_of(next).body();
    }
};

TEST_F(PoolInATurn, UrgentDataThatIsKnownButNotToldIsSeen) {
    EXPECT_EQ(
        next_after([](Peer& peer) {
            peer.send_urgent_byte();
            peer.send_through(answer("foreign"));
        }),
        "fresh"
    );
}

TEST_F(PoolInATurn, AnEndThatIsKnownButNotToldIsSeen) {
    const auto close = [this](Peer& peer) {
        peer.close();
        reach_kernel();
    };
    EXPECT_EQ(next_after(close), "fresh");
}

// One call waits for the only connection, which an exchange has that is read to its end.
class PoolWaiter : public PoolTest {
  protected:
    void wait_for_connection() {
        make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
        exchange_ = upstream_->awaited_exchange();
        bool read = false;
        always_answer(answer(""));
        asio::co_spawn(context_, whole_exchange(*exchange_), [&](const std::exception_ptr&) {
            read = true;
        });
        ASSERT_TRUE(run_until([&] { return read; }));
        next_ = start();
        ASSERT_TRUE(run_until([&] { return upstream_->waiting() == 1; }));
        always_answer(answer("own"));
    }
    void expect_own_answer_on_another_connection() {
        EXPECT_EQ(end_of(next_).body(), "own");
        EXPECT_EQ(service_.peers.size(), 2U);
    }

    std::unique_ptr<AwaitedExchange> exchange_;
    std::shared_ptr<Outcome> next_;

  private:
    static Awaitable<void> whole_exchange(AwaitedExchange& over) {
        ExchangeRequest asked{Method::get, "/"};
        co_await over.send(std::move(asked));
        co_await over.read_head();
        co_await over.body().next();
    }
};

TEST_F(PoolWaiter, DoesNotTakeWhatCameBeforeItForItsAnswer) {
    wait_for_connection();
    service_.peers[0]->send_through(answer("foreign"));
    exchange_.reset();
    expect_own_answer_on_another_connection();
}

TEST_F(PoolWaiter, NorWhatComesBeforeItsTurn) {
    wait_for_connection();
    exchange_.reset();
    service_.peers[0]->send_through(answer("foreign"));
    expect_own_answer_on_another_connection();
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
