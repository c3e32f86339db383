// What comes over a kept connection when no answer is due, and when it is noticed.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "unit/upstream/bell.hpp"
#include "unit/upstream/pool_fixture.hpp"
#include "upstream/awaited_exchange.hpp"

namespace weft {
namespace {

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

}  // namespace
}  // namespace weft
