// What one worker has under way to one service, for others to see. Written by the worker's thread
// alone, read by any thread at any time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "outcome/counter.hpp"

namespace weft {

// One reading, of one worker or summed over several.
struct UpstreamLevels {
    std::uint64_t calls_in_flight = 0;  // that have not ended, those that wait included
    std::uint64_t waiting_for_connection = 0;
    std::uint64_t waiting_for_slot = 0;  // of max_concurrency
    std::uint64_t connections_in_use = 0;
    std::uint64_t connections_idle = 0;

    UpstreamLevels& operator+=(const UpstreamLevels& other) noexcept {
        calls_in_flight += other.calls_in_flight;
        waiting_for_connection += other.waiting_for_connection;
        waiting_for_slot += other.waiting_for_slot;
        connections_in_use += other.connections_in_use;
        connections_idle += other.connections_idle;
        return *this;
    }
};

struct UpstreamGauges {
    Counter exchanges;
    Counter waiting_for_connection;
    Counter waiting_for_slot;
    Counter connections_open;  // idle, leased and connecting
    Counter connections_idle;

    // Between two of its numbers the worker may have gone on.
    UpstreamLevels read() const noexcept {
        UpstreamLevels levels;
        levels.waiting_for_connection = waiting_for_connection.read();
        levels.waiting_for_slot = waiting_for_slot.read();
        levels.calls_in_flight = exchanges.read() + levels.waiting_for_slot;
        levels.connections_idle = connections_idle.read();
        const auto open = connections_open.read();
        levels.connections_in_use = open - std::min(open, levels.connections_idle);
        return levels;
    }
};

// A number of its owner that is a part of a counter as long as the owner lives: after a reload an
// old pool and a new one of the same service are counted together.
class Level {
  public:
    explicit Level(std::shared_ptr<Counter> of) noexcept : of_{std::move(of)} {}
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { of_->subtract(now_); }

    std::uint64_t read() const noexcept { return now_; }
    void set(std::uint64_t now) noexcept {
        of_->add(now - now_);
        now_ = now;
    }
    void up() noexcept { set(now_ + 1); }
    void down() noexcept { set(now_ - 1); }

  private:
    std::shared_ptr<Counter> of_;
    std::uint64_t now_ = 0;
};

}  // namespace weft
