// What of a value is sent out: `select`, `omit` and `rename` (ROUTES.md), compiled into one trie.
// Paths cross arrays by themselves; duplicate names are treated alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/path.hpp"

namespace weft {

struct ShapeNode {
    struct Member {
        std::string name;  // decoded
        std::uint32_t child;
    };
    std::vector<Member> members;
    bool selected = false;  // all below it
    bool omitted = false;
    std::string renamed_to;  // as JSON text with quotes; empty: keeps its name
};

class Shape {
  public:
    // Nothing to do: values are spliced as they came.
    bool empty() const noexcept { return nodes_.empty(); }
    const std::vector<ShapeNode>& nodes() const noexcept { return nodes_; }

  private:
    std::vector<ShapeNode> nodes_;  // root first
    bool selects_ = false;
};

}  // namespace weft
