// Finds equal calls among the rendered ones of a step, so that each is made once.
#pragma once

#include <boost/container/static_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "compose/source.hpp"

namespace weft {

// A few are compared one by one, more are found by a hash table. The calls stay with their owner,
// who says how a call is found by its index.
class DistinctCalls {
  public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    // The index of the equal call that was added before, or `none`.
    template <class CallAt>
    std::uint32_t find(const StepCall& call, CallAt call_at) const {
        for (const std::uint32_t index : few_) {
            if (is_same(call_at(index), call)) return index;
        }
        if (entries_.empty()) return none;
        const std::size_t hash = hash_of(call);
        for (std::size_t i = hash & mask();; i = (i + 1) & mask()) {
            const Entry& entry = entries_[i];
            if (entry.index == none) return none;
            if (entry.hash == hash && is_same(call_at(entry.index), call)) return entry.index;
        }
    }

    // A call that was not found.
    template <class CallAt>
    void add(std::uint32_t index, CallAt call_at) {
        if (entries_.empty() && few_.size() < few_.capacity()) return few_.push_back(index);
        for (const std::uint32_t early : few_) put_in_table(call_at(early), early);
        few_.clear();
        put_in_table(call_at(index), index);
    }

  private:
    struct Entry {
        std::size_t hash = 0;
        std::uint32_t index = none;
    };

    static std::size_t hash_of(const StepCall& call);
    static bool is_same(const StepCall& a, const StepCall& b) noexcept;
    std::size_t mask() const noexcept { return entries_.size() - 1; }
    void put_in_table(const StepCall& call, std::uint32_t index);
    void grow();
    void put(const Entry& entry) noexcept;

    boost::container::static_vector<std::uint32_t, 16> few_;  // as long as there is no table
    std::vector<Entry> entries_;                              // a power of two, at most half full
    std::size_t count_ = 0;
};

}  // namespace weft
