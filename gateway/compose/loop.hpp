// From a for_each step's list to its calls, all of them rendered before the first is made.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "compose/items.hpp"
#include "compose/render.hpp"

namespace weft {

// The different results to come, and which of them each item gets. A part is rendered, or has ended
// already because its item cannot be asked for.
struct Expanded {
    std::vector<Part> parts;
    std::vector<BatchCall> batches;  // where there are any, they are made for the parts
    std::vector<std::uint32_t> places;
    ItemIndex items;
};

// A Failure is that of the list as a whole; of a required step also that of an item.
using Expansion = std::variant<Expanded, Failure, Unavailable>;

Expansion expand(StepIndex index, const Run& run);

}  // namespace weft
