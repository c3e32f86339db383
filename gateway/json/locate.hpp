// One pass over a document: validates all of it (RFC 8259, UTF-8, depth, nothing after the value)
// and notes where the values of a set of paths stand. No DOM, no copies, no conversion of numbers:
// a value is a range of the text.
#pragma once

#include <cstddef>
#include <string_view>

#include "json/located.hpp"
#include "json/path_set.hpp"
#include "json/value.hpp"

namespace weft {

// How many arrays and objects may be open at once.
inline constexpr std::size_t max_json_depth = 64;

// `text` must outlive `located`. The first error in the order of the text ends the pass.
// duplicate_key: a member that a path names, or passes, stands twice in its object; the other
// members may repeat. A text of 4 GiB or more is refused unread, as a syntax error.
void locate(std::string_view text, const PathSet& paths, Located& located);

}  // namespace weft
