#include "json/path_set.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace weft {

PathId PathSet::add(const JsonPath& path) {
    PathNodeId at = 0;
    for (const PathSegment& segment : path) {
        if (const auto* name = std::get_if<MemberName>(&segment)) {
            at = member(at, name->name);
        } else if (const auto* index = std::get_if<ElementIndex>(&segment)) {
            at = element(at, index->index);
        } else {
            at = every(at);
        }
    }
    if (const auto known = nodes_[at].path) return *known;
    if (ends_.size() == std::numeric_limits<PathId>::max()) {
        throw std::length_error{"too many paths into one document"};
    }
    const auto id = static_cast<PathId>(ends_.size());
    nodes_[at].path = id;
    ends_.push_back(at);
    return id;
}

PathNodeId PathSet::member(PathNodeId node, std::string_view name) {
    const auto& members = nodes_[node].members;
    const auto known = std::ranges::find(members, name, &PathNode::Member::name);
    if (known != members.end()) return known->child;
    const PathNodeId child = new_node(node);
    nodes_[node].members.push_back({std::string{name}, child});
    return child;
}

PathNodeId PathSet::element(PathNodeId node, std::uint32_t index) {
    const auto& elements = nodes_[node].elements;
    const auto known = std::ranges::find(elements, index, &PathNode::Element::index);
    if (known != elements.end()) return known->child;
    const PathNodeId child = new_node(node);
    nodes_[node].elements.push_back({index, child});
    return child;
}

PathNodeId PathSet::every(PathNodeId node) {
    if (nodes_[node].every != 0) return nodes_[node].every;
    const PathNodeId child = new_node(node);
    nodes_[node].every = child;
    return child;
}

PathNodeId PathSet::new_node(PathNodeId parent) {
    nodes_.emplace_back().parent = parent;
    return static_cast<PathNodeId>(nodes_.size() - 1);
}

}  // namespace weft
