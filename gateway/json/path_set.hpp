// The paths that are looked for in one kind of document, compiled once into a trie and then shared
// by every request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/path.hpp"

namespace weft {

using PathId = std::uint16_t;
using PathNodeId = std::uint32_t;

// One place in the trie. Several of its children can match the same element: `[0]` and `[*]`.
struct PathNode {
    struct Member {
        std::string name;  // decoded
        PathNodeId child;
    };
    struct Element {
        std::uint32_t index;
        PathNodeId child;
    };

    PathNodeId parent = 0;
    PathNodeId every =
        0;  // the child for every element; 0: none, because the root is nobody's child
    std::optional<PathId> path;  // the path that ends here
    std::vector<Member> members;
    std::vector<Element> elements;
};

class PathSet {
  public:
    // The id of the path; the same path has the same id. Paths are added before the first locate()
    // only. Throws std::length_error after 65,535 paths.
    PathId add(const JsonPath& path);
    // How many paths there are: their ids are 0 to size() - 1.
    std::size_t size() const noexcept { return ends_.size(); }

    // The trie, root first.
    const std::vector<PathNode>& nodes() const noexcept { return nodes_; }
    // Where the path ends.
    PathNodeId end_of(PathId path) const noexcept { return ends_[path]; }

  private:
    PathNodeId member(PathNodeId node, std::string_view name);
    PathNodeId element(PathNodeId node, std::uint32_t index);
    PathNodeId every(PathNodeId node);
    PathNodeId new_node(PathNodeId parent);

    std::vector<PathNode> nodes_{1};
    std::vector<PathNodeId> ends_;  // by path id
};

}  // namespace weft
