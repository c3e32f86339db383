// One thread for each connection that is open at the same time, made when it is first needed, up to
// a limit; beyond it connections wait for their turn.
#pragma once

#include <httplib.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stub {

class GrowingPool final : public httplib::TaskQueue {
  public:
    explicit GrowingPool(std::size_t limit) : limit_{limit} {}

    void enqueue(std::function<void()> task) override;
    // Returns when every task has ended.
    void shutdown() override;

  private:
    void work();

    const std::size_t limit_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    std::size_t idle_ = 0;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace stub
