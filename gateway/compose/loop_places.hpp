// The results of a for_each step while its list is expanded: which part each item gets.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "compose/loop.hpp"

namespace weft {

class LoopPlaces {
  public:
    LoopPlaces(StepIndex index, const Run& run) : index_{index}, run_{run} {}

    std::uint32_t add_part();
    Part& part(std::uint32_t at) { return expanded_.parts[at]; }
    std::uint32_t part_of_place(std::uint32_t place) const { return expanded_.places[place]; }
    // The place of the next item.
    std::uint32_t next() const { return static_cast<std::uint32_t>(expanded_.places.size()); }
    ItemIndex& items() { return expanded_.items; }

    // Each gives the next item its part and says whether to go on with the one after it.
    bool place(std::uint32_t part);
    bool place_skipped();
    bool place_failed(Failure failure);

    // Whether so many more bytes of rendered bodies can be held.
    bool can_hold(std::size_t bytes);

    // Ends the step without a call. Always false.
    bool give_up(Failure failure);
    // The list itself is wrong; `by` is the part of its expression to blame, or null.
    Failure list_failure(FailureKind kind, const Reference* by = nullptr) const;

    // What came of it, once the list has been visited.
    Expansion take(ListEnd visited) &&;

  private:
    const StepIndex index_;
    const Run& run_;
    Expanded expanded_;
    std::optional<std::uint32_t> skipped_;
    std::vector<std::uint32_t> failed_;
    std::optional<Failure> failure_;
    std::uint64_t held_ = 0;  // bytes of rendered bodies, also of equal ones
};

}  // namespace weft
