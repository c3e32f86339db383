#include "json/shape_builder.hpp"

#include <algorithm>
#include <utility>

#include "json/text.hpp"

namespace weft {

ShapeBuilder::Draft& ShapeBuilder::at(const ShapePath& path) {
    std::size_t at = 0;
    for (const std::string& name : path) {
        const auto& members = drafts_[at].members;
        const auto known = std::ranges::find(members, name, &Draft::Member::name);
        if (known != members.end()) {
            at = known->child;
            continue;
        }
        const std::size_t child = drafts_.size();
        drafts_[at].members.push_back({name, child});
        drafts_.emplace_back();
        at = child;
    }
    return drafts_[at];
}

void ShapeBuilder::select(const ShapePath& path) {
    at(path).selected = true;
    selects_ = true;
}

void ShapeBuilder::omit(const ShapePath& path) { at(path).omitted = true; }

void ShapeBuilder::rename(const ShapePath& path, std::string_view name) {
    at(path).renamed_to = name;
}

Shape ShapeBuilder::build() && {
    if (drafts_.size() == 1) return {};
    std::vector<ShapeNode> nodes;
    place(nodes, 0, selects_ ? shape_nothing : shape_everything);
    return Shape{std::move(nodes)};
}

// Recursive with the segments of a path. `rest`: what becomes of what is not mentioned there.
ShapeNodeId ShapeBuilder::place(std::vector<ShapeNode>& nodes, std::size_t draft, ShapeNodeId rest)
    const {
    const Draft& from = drafts_[draft];
    if (from.omitted) return shape_nothing;
    if (from.selected) rest = shape_everything;
    if (from.members.empty()) return rest;
    const auto id = static_cast<ShapeNodeId>(nodes.size());
    nodes.emplace_back();
    std::vector<ShapeNode::Member> members;
    for (const auto& [name, child] : from.members) {
        members.push_back({name, place(nodes, child, rest)});
        const std::string& target = drafts_[child].renamed_to;
        if (!target.empty()) append_json_string(members.back().renamed_to, target);
    }
    const bool sends_something =
        rest != shape_nothing || std::ranges::any_of(members, [](const ShapeNode::Member& member) {
            return member.child != shape_nothing;
        });
    add_replaced(members, from, rest);
    nodes[id] = ShapeNode{std::move(members), rest};
    return sends_something ? id : shape_nothing;
}

// A member that gives way to a renamed one may be mentioned by that alone.
void ShapeBuilder::add_replaced(
    std::vector<ShapeNode::Member>& members, const Draft& draft, ShapeNodeId rest
) const {
    for (const auto& [name, child] : draft.members) {
        const std::string& target = drafts_[child].renamed_to;
        if (target.empty()) continue;
        const auto known = std::ranges::find(members, target, &ShapeNode::Member::name);
        if (known == members.end()) members.push_back({target, rest});
    }
}

}  // namespace weft
