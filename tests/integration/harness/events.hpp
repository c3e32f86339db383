// How the threads of a test and of its scripted services wait for each other, with patience.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <utility>

#include "integration/harness/patience.hpp"

namespace weft {

// Lets nobody through until all are there.
class Gate {
  public:
    explicit Gate(std::size_t expected) : expected_{expected} {}

    bool pass() {
        std::unique_lock lock{mutex_};
        ++here_;
        changed_.notify_all();
        return changed_.wait_for(lock, patience, [this] { return here_ >= expected_; });
    }

  private:
    const std::size_t expected_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t here_ = 0;
};

// Something that happens, seen from another thread, each time once.
class Event {
  public:
    void happen() {
        const std::lock_guard lock{mutex_};
        happened_ = true;
        changed_.notify_all();
    }
    bool wait() {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, patience, [this] {
            return std::exchange(happened_, false);
        });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool happened_ = false;
};

}  // namespace weft
