// How much of a trouble is made: a little among the tests, all of it under script/chaos.
#pragma once

#include <cstdlib>

namespace weft {

inline bool in_full() { return std::getenv("WEFT_CHAOS_IN_FULL") != nullptr; }

template <class Number>
Number scaled(Number in_full_form, Number in_short_form) {
    return in_full() ? in_full_form : in_short_form;
}

}  // namespace weft
