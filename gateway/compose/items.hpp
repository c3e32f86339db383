// The items of a for_each step's list, one after the other, whatever holds them.
#pragma once

#include <cstdint>
#include <functional>

#include "compose/value.hpp"

namespace weft {

enum class ListKind : std::uint8_t { list, absent, unavailable, not_a_list };

// Takes one item and says whether to go on. An unavailable one is a result that another for_each
// step has not got.
using ItemVisitor = std::function<bool(Value)>;

// Visits the items in order, and none if the list is not one. A null list is empty. Of a path below
// `[*]`, an element without the member is left out, and so is a result without a value.
ListKind visit_items(const ForEach& for_each, const Run& run, const ItemVisitor& visit);

}  // namespace weft
