// How many calls of one worker a service has at work at a time. Calls beyond that wait in a short
// queue, in which requests take turns.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

#include "upstream/fair_queue.hpp"
#include "upstream/gauges.hpp"

namespace weft {

class ConcurrencyLimit;

// Room for one call, given back by release() or when it is destroyed.
class Slot {
  public:
    explicit Slot(std::weak_ptr<ConcurrencyLimit> of) noexcept : of_{std::move(of)} {}
    Slot(Slot&&) noexcept = default;
    Slot& operator=(Slot&&) = delete;
    ~Slot() { release(); }

    void release();

  private:
    std::weak_ptr<ConcurrencyLimit> of_;
};

class SlotWaiter {
  public:
    virtual ~SlotWaiter() = default;
    // It is in the queue no more.
    virtual void on_slot(Slot slot) = 0;
};

// Held by shared_ptr, which the slots know.
class ConcurrencyLimit : public std::enable_shared_from_this<ConcurrencyLimit> {
  public:
    // As many requests may wait as calls may be at work: with that each waits, at most, for about
    // as long as a call takes. `waiting` counts those that do.
    explicit ConcurrencyLimit(
        std::size_t limit, std::shared_ptr<Counter> waiting = std::make_shared<Counter>()
    )
        : limit_{limit}, queue_{limit}, waiting_{std::move(waiting)} {}

    // Nothing: there is no room now.
    std::optional<Slot> take();

    // `request`: whose call it is. False: the queue is full.
    bool wait(const void* request, std::shared_ptr<SlotWaiter> waiter);
    void leave(const SlotWaiter& waiter) noexcept;

    std::size_t taken() const noexcept { return taken_; }
    std::size_t waiting() const noexcept { return queue_.size(); }

  private:
    friend class Slot;

    void give_back();

    std::size_t limit_;
    std::size_t taken_ = 0;
    FairQueue queue_;
    Level waiting_;
};

}  // namespace weft
