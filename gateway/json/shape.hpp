// What of a value is sent out: `select`, `omit` and `rename` (ROUTES.md), compiled into one trie.
// Paths are member names; they cross arrays by themselves. Members of one name are treated alike.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/path_set.hpp"

namespace weft {

// A place in the trie, or one of the two ends below.
using ShapeNodeId = std::uint32_t;
inline constexpr ShapeNodeId shape_everything = 0xFFFF'FFFF;  // goes out as it came
inline constexpr ShapeNodeId shape_nothing = 0xFFFF'FFFE;     // does not go out

class ShapeNode {
  public:
    static constexpr std::uint32_t by_none = 0xFFFF'FFFF;

    struct Member {
        std::string name;  // decoded
        ShapeNodeId child = shape_everything;
        std::string renamed_to = {};  // as JSON text with quotes; empty: keeps its name
        // The member of this node that is renamed to this one's name: where an object has it, this
        // one gives way.
        std::uint32_t replaced_by = by_none;
    };

    // No two members have the same name.
    ShapeNode(std::vector<Member> members, ShapeNodeId rest);
    ShapeNode() : ShapeNode{{}, shape_everything} {}

    std::span<const Member> members() const noexcept { return members_; }
    // Null if it is not mentioned. `key` is decoded.
    const Member* find(std::string_view key) const noexcept {
        const std::size_t length = std::min(key.size(), longest);
        const Member* const end = members_.data() + first_[length + 1];
        const Member* at = members_.data() + first_[length];
        if (end - at > few) return find_among(at, end, key);
        for (; at != end; ++at) {
            if (at->name == key) return at;
        }
        return nullptr;
    }
    std::size_t index_of(const Member& member) const noexcept {
        return static_cast<std::size_t>(&member - members_.data());
    }
    // Whether a member may be replaced.
    bool renames() const noexcept { return renames_; }
    // Of the members that are not mentioned: one of the ends.
    ShapeNodeId rest() const noexcept { return rest_; }

  private:
    static constexpr std::size_t longest = 31;
    static constexpr std::ptrdiff_t few = 8;

    static const Member* find_among(
        const Member* begin, const Member* end, std::string_view key
    ) noexcept;

    std::vector<Member> members_;  // by length, then by name
    // By a name's length: where the members of that length begin; `longest` and all beyond are one.
    std::array<std::uint32_t, longest + 2> first_{};
    ShapeNodeId rest_;
    bool renames_ = false;
};

class Shape {
  public:
    Shape() = default;
    // `nodes` has the root first.
    explicit Shape(std::vector<ShapeNode> nodes) : nodes_{std::move(nodes)} {}

    // Nothing to do: values go out as they came.
    bool empty() const noexcept { return nodes_.empty(); }
    ShapeNodeId root() const noexcept { return empty() ? shape_everything : 0; }
    const ShapeNode& node(ShapeNodeId id) const noexcept { return nodes_[id]; }

    // Where the shape of the value at that path stands, from the place `at` on.
    ShapeNodeId below(ShapeNodeId at, const PathSet& paths, PathId path) const;

  private:
    std::vector<ShapeNode> nodes_;
};

}  // namespace weft
