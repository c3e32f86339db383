// Numbers that depend on the seed alone, on every machine: the standard distributions are free to
// differ, so they are not used. SplitMix64 (Steele, Lea, Flood 2014).
#pragma once

#include <cstdint>

namespace stub {

constexpr std::uint64_t mix(std::uint64_t state) {
    state += 0x9e3779b97f4a7c15;
    state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
    state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
    return state ^ (state >> 31);
}

class Random {
  public:
    // Rows of the same seed are independent of each other: a row can be made without those before
    // it.
    Random(std::uint64_t seed, std::uint64_t row) : state_{mix(seed) ^ mix(row)} {}

    // least to most, both included.
    std::uint64_t between(std::uint64_t least, std::uint64_t most) {
        state_ = mix(state_);
        return least + state_ % (most - least + 1);
    }

    bool one_in(std::uint64_t chances) { return between(1, chances) == 1; }

    template <class List>
    const auto& one_of(const List& list) {
        return list[between(0, list.size() - 1)];
    }

  private:
    std::uint64_t state_;
};

}  // namespace stub
