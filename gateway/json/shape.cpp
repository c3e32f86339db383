#include "json/shape.hpp"

#include <algorithm>

#include "json/text.hpp"

namespace weft {

namespace {

bool is_before(std::string_view a, std::string_view b) noexcept {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
}

}  // namespace

ShapeNode::ShapeNode(std::vector<Member> members, ShapeNodeId rest)
    : members_{std::move(members)}, rest_{rest} {
    std::ranges::sort(members_, is_before, &Member::name);
    for (const Member& member : members_) ++first_[std::min(member.name.size(), longest) + 1];
    for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    for (std::size_t i = 0; i < members_.size(); ++i) {
        if (members_[i].renamed_to.empty() || members_[i].child == shape_nothing) continue;
        const Member* target = find(decode_json_string(members_[i].renamed_to).value_or(""));
        if (target == nullptr || !target->renamed_to.empty()) continue;
        members_[index_of(*target)].replaced_by = static_cast<std::uint32_t>(i);
        renames_ = true;
    }
}

const ShapeNode::Member* ShapeNode::find_among(
    const Member* begin, const Member* end, std::string_view key
) noexcept {
    const Member* const found = std::ranges::lower_bound(begin, end, key, is_before, &Member::name);
    return found != end && found->name == key ? found : nullptr;
}

ShapeNodeId Shape::below(ShapeNodeId at, const PathSet& paths, PathId path) const {
    std::vector<const std::string*> names;  // from the last on
    for (PathNodeId node = paths.end_of(path); node != 0;) {
        const PathNodeId parent = paths.nodes()[node].parent;
        const auto& members = paths.nodes()[parent].members;
        const auto member = std::ranges::find(members, node, &PathNode::Member::child);
        if (member != members.end()) names.push_back(&member->name);
        node = parent;
    }
    for (; !names.empty() && at < nodes_.size(); names.pop_back()) {
        const ShapeNode::Member* member = nodes_[at].find(*names.back());
        at = member == nullptr ? nodes_[at].rest() : member->child;
    }
    return at;
}

}  // namespace weft
