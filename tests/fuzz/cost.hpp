// Holds a target to its budget: no input may cost much more than its size.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weft::fuzz {

class Meter {
  public:
    Meter() noexcept;
    // Ends the process if more was used since than `budget` gives an input of `size` bytes.
    void check(std::size_t size) const;

  private:
    std::int64_t began_;          // microseconds of this thread's CPU time
    std::ptrdiff_t held_before_;  // bytes
};

}  // namespace weft::fuzz
