// A number that one thread changes and any thread reads at any time: relaxed loads and stores, no
// locked instruction, no lock.
#pragma once

#include <atomic>
#include <cstdint>

namespace weft {

// Grows and shrinks by its one writer.
class Counter {
  public:
    void add(std::uint64_t by = 1) noexcept {
        value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t by = 1) noexcept { add(0 - by); }
    std::uint64_t read() const noexcept { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

}  // namespace weft
