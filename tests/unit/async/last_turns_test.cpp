#include "async/last_turns.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <vector>

namespace weft {
namespace {

class LastTurnsTest : public testing::Test {
  protected:
    void begin(int number) {
        const auto waiter = [](LastTurns& turns, std::vector<int>& gone, int id
                            ) -> Awaitable<void> {
            co_await turns.wait();
            gone.push_back(id);
        };
        asio::co_spawn(context_, waiter(turns_, gone_on_, number), asio::detached);
    }

    // Something else that the loop has to do, again and again.
    void work(int times) {
        asio::post(context_, [this, times] {
            gone_on_.push_back(worked);
            if (times > 1) work(times - 1);
        });
    }

    static constexpr int worked = -1;

    asio::io_context context_{1};
    LastTurns turns_{context_.get_executor()};
    std::vector<int> gone_on_;
};

TEST_F(LastTurnsTest, GoesOnWithAFewAtATimeInTheOrderInWhichTheyCame) {
    constexpr auto each = static_cast<int>(LastTurns::turns_at_once);
    for (int number = 0; number < 2 * each; ++number) begin(number);
    work(3);
    context_.poll();

    std::vector<int> expected{worked};
    for (int number = 0; number < 2 * each; ++number) {
        if (number % each == 0 && number > 0) expected.push_back(worked);
        expected.push_back(number);
    }
    expected.push_back(worked);
    EXPECT_EQ(gone_on_, expected);
}

TEST_F(LastTurnsTest, TakesWhoComesLater) {
    begin(1);
    context_.poll();
    EXPECT_EQ(gone_on_, std::vector{1});
    context_.restart();
    begin(2);
    context_.poll();
    EXPECT_EQ(gone_on_, (std::vector{1, 2}));
}

TEST_F(LastTurnsTest, LeavesWhoIsStillThereToTheEndOfItsLoop) {
    begin(1);
    context_.poll_one();
    EXPECT_TRUE(gone_on_.empty());
}

TEST(LastTurns, MayBeDestroyedByTheLastThatGoesOn) {
    asio::io_context context{1};
    auto turns = std::make_unique<LastTurns>(context.get_executor());
    const auto waiter = [](std::unique_ptr<LastTurns>& its) -> Awaitable<void> {
        co_await its->wait();
        its.reset();
    };
    asio::co_spawn(context, waiter(turns), asio::detached);
    context.poll();
    EXPECT_EQ(turns, nullptr);
}

}  // namespace
}  // namespace weft
