#include "async/mailbox.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>
#include <vector>

namespace weft {
namespace {

class MailboxTest : public ::testing::Test {
  protected:
    asio::io_context context_{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE};
    Mailbox mailbox_{context_.get_executor()};
};

TEST_F(MailboxTest, OpensLettersInTheirOrder) {
    std::vector<int> opened;
    for (int i = 0; i < 3; ++i) mailbox_.post([&, i] { opened.push_back(i); });
    EXPECT_TRUE(opened.empty());
    context_.run_one();
    EXPECT_EQ(opened, (std::vector{0, 1, 2}));
}

TEST_F(MailboxTest, OpensALetterThatAnotherOnePosts) {
    bool opened = false;
    mailbox_.post([&] { mailbox_.post([&] { opened = true; }); });
    context_.run_one();
    EXPECT_FALSE(opened);
    context_.run_one();
    EXPECT_TRUE(opened);
}

// The loop sleeps between them as often as it can.
TEST_F(MailboxTest, LosesNoLetterOfAnotherThread) {
    std::vector<int> opened;
    std::thread loop{[&] { context_.run(); }};
    constexpr int letters = 10'000;
    for (int i = 0; i < letters; ++i) mailbox_.post([&, i] { opened.push_back(i); });
    mailbox_.post([&] { context_.stop(); });
    loop.join();
    std::vector<int> posted(letters);
    std::iota(posted.begin(), posted.end(), 0);
    EXPECT_EQ(opened, posted);
}

}  // namespace
}  // namespace weft
