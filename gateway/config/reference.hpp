// The tables of words as Markdown, for the reference page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/word.hpp"

namespace weft {

// `root` and every map below it, each once, in the order they are met.
std::vector<WordMap> maps_of(WordMap root);

// A table of the words and, if there are any, which sets of them exclude each other and which are
// not in this version. Maps are linked to `#name`.
std::string reference_table(const WordMap& map);

}  // namespace weft
