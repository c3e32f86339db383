#include "app/reloader.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <semaphore>
#include <string>
#include <vector>

namespace weft {
namespace {

class ReloaderTest : public testing::Test {
  protected:
    Reread read() {
        began_.release();
        let_end_.acquire();
        Reread read;
        read.count = ++readings_;
        return read;
    }

    // Runs the executor until another reading has been given to use().
    void run_until_used() {
        const std::size_t before = used_.size();
        context_.restart();
        while (used_.size() == before) ASSERT_GT(context_.run_one(), 0U);
    }

    asio::io_context context_{1};
    asio::executor_work_guard<Executor> busy_{context_.get_executor()};
    std::counting_semaphore<> began_{0};
    std::counting_semaphore<> let_end_{0};
    std::size_t readings_ = 0;
    std::vector<std::size_t> used_;
    Reloader reloader_{
        context_.get_executor(),
        [this] { return read(); },
        [this](Reread read) { used_.push_back(read.count); }};
};

TEST_F(ReloaderTest, ReadsOnAnotherThreadAndGivesWhatWasRead) {
    reloader_.ask();
    began_.acquire();  // although nothing runs the executor
    let_end_.release();
    run_until_used();
    EXPECT_EQ(used_, std::vector<std::size_t>{1});
}

TEST_F(ReloaderTest, WhatIsAskedWhileItReadsIsOneMoreReading) {
    reloader_.ask();
    began_.acquire();
    for (int i = 0; i < 5; ++i) reloader_.ask();
    let_end_.release(9);
    run_until_used();
    for (int i = 0; i < 5; ++i) reloader_.ask();
    EXPECT_EQ(readings_, 1U) << "what was read is not in use yet";
    reloader_.finished();
    run_until_used();
    reloader_.finished();
    EXPECT_EQ(used_, (std::vector<std::size_t>{1, 2}));
    EXPECT_EQ(readings_, 2U);
}

TEST_F(ReloaderTest, ReadsAgainWhenAskedLater) {
    let_end_.release(2);
    for (int i = 0; i < 2; ++i) {
        reloader_.ask();
        run_until_used();
        reloader_.finished();
    }
    EXPECT_EQ(used_, (std::vector<std::size_t>{1, 2}));
}

TEST_F(ReloaderTest, ReadsSomethingElseOnlyWhenItIsFree) {
    const auto other = [] {
        Reread read;
        read.count = 100;
        return read;
    };
    reloader_.ask();
    began_.acquire();
    reloader_.read_if_free(other);
    let_end_.release();
    run_until_used();
    reloader_.read_if_free(other);
    reloader_.finished();
    reloader_.read_if_free(other);
    run_until_used();
    reloader_.finished();
    EXPECT_EQ(used_, (std::vector<std::size_t>{1, 100}));
}

TEST_F(ReloaderTest, DestroyedWhileItReadsWaitsForTheEnd) {
    std::optional<Reloader> reloader;
    reloader.emplace(
        context_.get_executor(), [this] { return read(); }, [](Reread) { ADD_FAILURE(); }
    );
    reloader->ask();
    began_.acquire();
    let_end_.release();
    reloader.reset();
    EXPECT_EQ(readings_, 1U);
}

}  // namespace
}  // namespace weft
