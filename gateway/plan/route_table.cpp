#include "plan/route_table.hpp"

#include <algorithm>
#include <bitset>
#include <boost/container/static_vector.hpp>
#include <optional>

#include "http/target.hpp"
#include "plan/percent.hpp"

namespace weft {

// One look-up, depth first in the order of rank. The path fixes which child a segment can take, so
// no node is reached twice.
class RouteTable::Search {
  public:
    // Without a method nothing matches and every route of the path is visited.
    Search(const RouteTable& table, std::optional<Method> method)
        : table_{table}, method_{method} {}

    // `rest` follows a slash.
    const Entry* from(NodeIndex index, std::string_view rest) {
        const Node& node = table_.nodes_[index];
        const std::size_t slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        if (const Entry* found = by_literal(node, segment, rest)) return found;
        if (node.parameter != 0 && !segment.empty()) {
            values_.push_back(segment);
            if (const Entry* found = behind(node.parameter, segment, rest)) return found;
            values_.pop_back();
        }
        if (node.rest_entries.empty()) return nullptr;
        values_.push_back(rest);
        is_rest_ = true;
        if (const Entry* found = pick(node.rest_entries)) return found;
        is_rest_ = false;
        values_.pop_back();
        return nullptr;
    }

    Matched matched(const Entry& entry) const {
        Matched result{entry.plan, {}};
        result.parameters.reserve(values_.size());
        for (std::size_t i = 0; i < values_.size(); ++i) {
            const bool as_sent = is_rest_ && i + 1 == values_.size();
            auto value = as_sent ? std::string{values_[i]} : percent_decode(values_[i]);
            result.parameters.push_back({entry.names[i], std::move(value), values_[i]});
        }
        return result;
    }

    std::vector<Method> allowed() const {
        std::vector<Method> methods;
        for (std::size_t i = 0; i < seen_.size(); ++i) {
            if (seen_.test(i)) methods.push_back(static_cast<Method>(i));
        }
        return methods;
    }

  private:
    const Entry* by_literal(const Node& node, std::string_view segment, std::string_view rest) {
        // Nearly every segment is plain, and then bytes compare ten times as fast.
        const bool is_plain = segment.find('%') == std::string_view::npos;
        const auto compare = [segment, is_plain](const auto& literal) {
            return is_plain ? segment.compare(literal.first)
                            : compare_percent_decoded(segment, literal.first);
        };
        const auto found = std::partition_point(
            node.literals.begin(),
            node.literals.end(),
            [&compare](const auto& literal) { return compare(literal) > 0; }
        );
        if (found == node.literals.end() || compare(*found) != 0) return nullptr;
        return behind(found->second, segment, rest);
    }

    // The node that `segment`, the first of `rest`, led to.
    const Entry* behind(NodeIndex index, std::string_view segment, std::string_view rest) {
        if (segment.size() == rest.size()) return pick(table_.nodes_[index].entries);
        return from(index, rest.substr(segment.size() + 1));
    }

    const Entry* pick(const std::vector<Entry>& entries) {
        for (const Entry& entry : entries) {
            if (method_ && entry.method == (*method_ == Method::head ? Method::get : *method_)) {
                return &entry;
            }
            seen_.set(static_cast<std::size_t>(entry.method));
            if (entry.method == Method::get) seen_.set(static_cast<std::size_t>(Method::head));
            seen_.set(static_cast<std::size_t>(Method::options));
        }
        return nullptr;
    }

    const RouteTable& table_;
    std::optional<Method> method_;
    boost::container::static_vector<std::string_view, max_pattern_segments> values_;
    bool is_rest_ = false;
    std::bitset<16> seen_;
};

const Plan* RouteTable::add(const Plan& plan, const PathPattern& pattern) {
    Entry entry{plan.method, &plan, {}};
    NodeIndex node = 0;
    for (const PatternSegment& segment : pattern.segments) {
        if (segment.kind != SegmentKind::literal) entry.names.push_back(segment.text);
        if (segment.kind != SegmentKind::rest) node = child(node, segment);
    }
    const bool is_rest =
        !pattern.segments.empty() && pattern.segments.back().kind == SegmentKind::rest;
    auto& entries = is_rest ? nodes_[node].rest_entries : nodes_[node].entries;
    for (const Entry& other : entries) {
        if (other.method == plan.method) return other.plan;
    }
    entries.push_back(std::move(entry));
    return nullptr;
}

Match RouteTable::match(Method method, std::string_view path) const {
    if (!path.starts_with('/')) return NotFound{};
    Search search{*this, method};
    if (const Entry* found = search.from(0, path.substr(1))) return search.matched(*found);
    auto methods = search.allowed();
    if (methods.empty()) return NotFound{};
    return MethodNotAllowed{std::move(methods)};
}

std::vector<Method> RouteTable::allowed(std::string_view path) const {
    if (!path.starts_with('/')) return {};
    Search search{*this, std::nullopt};
    search.from(0, path.substr(1));
    return search.allowed();
}

RouteTable::NodeIndex RouteTable::child(NodeIndex node, const PatternSegment& segment) {
    const auto fresh = static_cast<NodeIndex>(nodes_.size());
    if (segment.kind == SegmentKind::parameter) {
        if (nodes_[node].parameter == 0) {
            nodes_[node].parameter = fresh;
            nodes_.emplace_back();
        }
        return nodes_[node].parameter;
    }
    auto& literals = nodes_[node].literals;
    const auto place = std::lower_bound(
        literals.begin(),
        literals.end(),
        segment.text,
        [](const auto& literal, const std::string& text) { return literal.first < text; }
    );
    if (place != literals.end() && place->first == segment.text) return place->second;
    literals.emplace(place, segment.text, fresh);
    nodes_.emplace_back();
    return fresh;
}

}  // namespace weft
