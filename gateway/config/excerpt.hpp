// The line of a file that a message is about, made fit to be shown on a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostics.hpp"

namespace weft {

struct Excerpt {
    std::string line;       // empty: there is none
    std::size_t caret = 0;  // characters before the place
};

// Tabs are blanks, other control characters and what is not UTF-8 are `?`; of a long line, what is
// around byte `column` (from 1).
Excerpt excerpt(std::string_view line, std::size_t column);

// Of files on disk; keeps the last one.
class Excerpts {
  public:
    Excerpt at(const std::string& path, Position at);

  private:
    std::string path_;
    std::vector<std::string> lines_;
};

}  // namespace weft
