#include "async/thread.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace weft {
namespace {

bool is_held(int signal) {
    sigset_t held;
    pthread_sigmask(SIG_SETMASK, nullptr, &held);
    return sigismember(&held, signal) == 1;
}

TEST(StartThread, LeavesSignalsToTheThreadThatStartsIt) {
    bool terminate_is_held = false;
    bool hangup_is_held = false;
    start_thread([&] {
        terminate_is_held = is_held(SIGTERM);
        hangup_is_held = is_held(SIGHUP);
    }).join();
    EXPECT_TRUE(terminate_is_held);
    EXPECT_TRUE(hangup_is_held);
    EXPECT_FALSE(is_held(SIGTERM));
}

}  // namespace
}  // namespace weft
