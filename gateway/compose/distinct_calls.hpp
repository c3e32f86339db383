// Finds equal calls among the rendered ones of a step, so that each is made once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compose/source.hpp"

namespace weft {

// A hash table of indices. The calls stay with their owner, who says how a call is found by its
// index.
class DistinctCalls {
  public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    // The index of the equal call that was added before, or `none`.
    template <class CallAt>
    std::uint32_t find(const StepCall& call, CallAt call_at) const {
        if (entries_.empty()) return none;
        const std::size_t hash = hash_of(call);
        for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
            const Entry& entry = entries_[i];
            if (entry.index == none) return none;
            if (entry.hash == hash && is_same(call_at(entry.index), call)) return entry.index;
        }
    }

    void add(const StepCall& call, std::uint32_t index);

  private:
    struct Entry {
        std::size_t hash = 0;
        std::uint32_t index = none;
    };

    static std::size_t hash_of(const StepCall& call);
    static bool is_same(const StepCall& a, const StepCall& b) noexcept;
    std::size_t mask() const noexcept { return entries_.size() - 1; }
    void grow();
    void put(const Entry& entry) noexcept;

    std::vector<Entry> entries_;  // a power of two, at most half full
    std::size_t count_ = 0;
};

}  // namespace weft
