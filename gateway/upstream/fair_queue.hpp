// A short queue in which requests take turns, however many calls each of them has waiting. Plain
// data.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>

namespace weft {

class SlotWaiter;

class FairQueue {
  public:
    // How many requests may have calls in it. How many calls a request has at a time is bounded
    // where it is run.
    explicit FairQueue(std::size_t most_requests) : most_requests_{most_requests} {}

    // Whether there was room.
    bool push(const void* request, std::shared_ptr<SlotWaiter> waiter);
    // Of the request whose turn it is, what waits longest; null if it is empty.
    std::shared_ptr<SlotWaiter> pop();
    void remove(const SlotWaiter& waiter) noexcept;

    std::size_t size() const noexcept { return size_; }

  private:
    struct Line {
        const void* request;
        std::deque<std::shared_ptr<SlotWaiter>> waiters;  // never empty
    };

    std::size_t most_requests_;
    std::deque<Line> lines_;  // the first has its turn
    std::size_t size_ = 0;
};

}  // namespace weft
