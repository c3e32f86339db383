// Clients that ask until they are told to stop, each on a connection that it keeps.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "integration/harness/ask.hpp"

namespace weft {

// Anything but 200 with one of the bodies, and a connection that ends, is a failure of the test.
class Load {
  public:
    Load(std::uint16_t port, std::string target, std::vector<std::string> bodies)
        : port_{port}, target_{std::move(target)}, bodies_{std::move(bodies)} {
        for (int i = 0; i < clients; ++i) threads_.emplace_back([this] { ask_on_and_on(); });
    }
    ~Load() { stop(); }
    Load(const Load&) = delete;
    Load& operator=(const Load&) = delete;

    void stop() {
        stopped_ = true;
        for (auto& thread : threads_) thread.join();
        threads_.clear();
    }
    std::size_t answered() const { return answered_; }

  private:
    static constexpr int clients = 3;

    void ask_on_and_on() try {
        auto connection = Connection::to(port_);
        while (!stopped_) {
            const auto answer = ask_on(connection, {.target = target_});
            EXPECT_EQ(answer.status(), 200) << answer.body;
            EXPECT_NE(std::ranges::count(bodies_, answer.body), 0) << answer.body;
            ++answered_;
        }
    } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
    }

    const std::uint16_t port_;
    const std::string target_;
    const std::vector<std::string> bodies_;
    std::atomic<bool> stopped_ = false;
    std::atomic<std::size_t> answered_ = 0;
    std::vector<std::thread> threads_;
};

}  // namespace weft
