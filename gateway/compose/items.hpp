// The elements of a list, one after the other, whatever holds them: nothing is copied together.
#pragma once

#include <cstdint>
#include <functional>

#include "compose/value.hpp"

namespace weft {

enum class ListKind : std::uint8_t { list, absent, unavailable, not_a_list, refused };

struct ListEnd {
    ListKind kind = ListKind::list;
    const Reference* by = nullptr;  // the part of the expression that gave no list; may be null
};

// Takes one item and says whether to go on. An unavailable one is a result that a for_each step has
// not got.
using ItemVisitor = std::function<bool(Value&&)>;

// Visits the items in order; where `list` is not one, those before that was seen. A null list is
// empty, and so is a missing one with `?`. Of a path below `[*]`, an element without the member is
// left out, and so is a result without a value.
ListEnd visit_items(const Expression& list, const Scope& scope, const ItemVisitor& visit);

// What a missing or wrong list is as a value: absent, unavailable or refused.
Value value_of(const ListEnd& end);

}  // namespace weft
