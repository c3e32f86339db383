#include "async/signal.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <memory>

namespace weft {
namespace {

class SignalTest : public testing::Test {
  protected:
    // One waiting coroutine, which counts how often it was woken.
    void wait_times(int times) {
        const auto waiter = [](Signal& signal, int& woken, int left) -> Awaitable<void> {
            for (; left > 0; --left) {
                co_await signal.wait();
                ++woken;
            }
        };
        asio::co_spawn(context_, waiter(*signal_, woken_, times), asio::detached);
        context_.poll();
        context_.restart();
    }

    void run() {
        context_.poll();
        context_.restart();
    }

    asio::io_context context_{1};
    std::unique_ptr<Signal> signal_ = std::make_unique<Signal>(context_.get_executor());
    int woken_ = 0;
};

TEST_F(SignalTest, WakesTheWaitingCoroutineLaterAndNotInsideNotify) {
    wait_times(1);
    EXPECT_EQ(woken_, 0);
    signal_->notify();
    EXPECT_EQ(woken_, 0);
    run();
    EXPECT_EQ(woken_, 1);
}

TEST_F(SignalTest, AWaitThatFollowsANotifyReturnsAtOnce) {
    signal_->notify();
    wait_times(1);
    EXPECT_EQ(woken_, 1);
}

TEST_F(SignalTest, SeveralNotifiesBeforeAWaitEndOneWait) {
    signal_->notify();
    signal_->notify();
    wait_times(2);
    EXPECT_EQ(woken_, 1);
    signal_->notify();
    run();
    EXPECT_EQ(woken_, 2);
}

TEST_F(SignalTest, ANotifyWhileTheWakeUpIsOnItsWayEndsTheNextWait) {
    wait_times(3);
    signal_->notify();
    signal_->notify();
    run();
    EXPECT_EQ(woken_, 2);
    signal_->notify();
    run();
    EXPECT_EQ(woken_, 3);
}

TEST_F(SignalTest, DestroyedWhileACoroutineWaitsDestroysThatCoroutine) {
    const auto alive = std::make_shared<int>(0);
    const auto waiter = [](Signal& signal, std::shared_ptr<int>) -> Awaitable<void> {
        co_await signal.wait();
    };
    asio::co_spawn(context_, waiter(*signal_, alive), asio::detached);
    run();
    EXPECT_EQ(alive.use_count(), 2);
    signal_.reset();
    run();
    EXPECT_EQ(alive.use_count(), 1);
}

TEST_F(SignalTest, TheContextDestroysACoroutineWhoseWakeUpIsOnItsWay) {
    const auto alive = std::make_shared<int>(0);
    {
        asio::io_context context{1};
        Signal signal{context.get_executor()};
        const auto waiter = [](Signal& to, std::shared_ptr<int>) -> Awaitable<void> {
            co_await to.wait();
        };
        asio::co_spawn(context, waiter(signal, alive), asio::detached);
        context.poll();
        signal.notify();
        EXPECT_EQ(alive.use_count(), 2);
    }
    EXPECT_EQ(alive.use_count(), 1);
}

}  // namespace
}  // namespace weft
