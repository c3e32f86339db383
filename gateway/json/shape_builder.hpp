// Puts a Shape together, path by path.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/shape.hpp"

namespace weft {

// At least one segment; each the name of a member.
using ShapePath = std::vector<std::string>;

// No path is both selected and omitted, selected below another one, or renamed twice; no two
// members of one object are renamed to the same name.
class ShapeBuilder {
  public:
    void select(const ShapePath& path);
    void omit(const ShapePath& path);
    void rename(const ShapePath& path, std::string_view name);

    Shape build() &&;

  private:
    struct Draft {
        struct Member {
            std::string name;
            std::size_t child;
        };
        std::vector<Member> members;
        bool selected = false;
        bool omitted = false;
        std::string renamed_to;
    };

    Draft& at(const ShapePath& path);
    ShapeNodeId place(std::vector<ShapeNode>& nodes, std::size_t draft, ShapeNodeId rest) const;
    void add_replaced(std::vector<ShapeNode::Member>& members, const Draft& draft, ShapeNodeId rest)
        const;

    std::vector<Draft> drafts_{1};
    bool selects_ = false;
};

}  // namespace weft
