#include "app/changes.hpp"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace weft {
namespace {

constexpr std::size_t most_names = 5;  // of each kind, so that it stays one line

void append_names(
    std::string& out, const std::vector<std::string_view>& names, std::string_view what
) {
    if (names.empty()) return;
    if (!out.empty()) out += ", ";
    out.append(std::to_string(names.size())).append(" ").append(what).append(" (");
    for (std::size_t i = 0; i < names.size() && i < most_names; ++i) {
        if (i > 0) out += ", ";
        out += names[i];
    }
    if (names.size() > most_names) out += ", ...";
    out += ')';
}

template <class Value>
using ByName = std::map<std::string_view, Value>;

// `1 changed (a), 2 added (b, c)`; empty where both hold the same.
template <class Value>
std::string difference(const ByName<Value>& from, const ByName<Value>& to) {
    std::vector<std::string_view> changed;
    std::vector<std::string_view> added;
    std::vector<std::string_view> removed;
    for (const auto& [name, value] : to) {
        const auto before = from.find(name);
        if (before == from.end()) {
            added.push_back(name);
        } else if (before->second != value) {
            changed.push_back(name);
        }
    }
    for (const auto& entry : from) {
        if (!to.contains(entry.first)) removed.push_back(entry.first);
    }
    std::string text;
    append_names(text, changed, "changed");
    append_names(text, added, "added");
    append_names(text, removed, "removed");
    return text;
}

ByName<std::uint64_t> routes_of(const ServedConfiguration& configuration) {
    ByName<std::uint64_t> routes;
    for (const RouteDigest& route : configuration.routes) routes.emplace(route.name, route.digest);
    return routes;
}

// What a plan says of it, and what its pools are made from.
using UpstreamView = std::pair<UpstreamPlan, UpstreamSettings>;

ByName<UpstreamView> upstreams_of(const ServedConfiguration& configuration) {
    ByName<UpstreamView> upstreams;
    for (std::size_t i = 0; i < configuration.upstreams.size(); ++i) {
        const UpstreamPlan& plan = configuration.snapshot->upstreams[i];
        upstreams.emplace(plan.name, UpstreamView{plan, configuration.upstreams[i]});
    }
    return upstreams;
}

void append_section(std::string& out, std::string_view name, const std::string& what) {
    if (!out.empty()) out += "; ";
    out += name;
    if (!what.empty()) out.append(": ").append(what);
}

}  // namespace

std::string describe_changes(const ServedConfiguration& from, const ServedConfiguration& to) {
    std::string text;
    const auto routes = difference(routes_of(from), routes_of(to));
    const auto upstreams = difference(upstreams_of(from), upstreams_of(to));
    if (!routes.empty()) append_section(text, "routes", routes);
    if (!upstreams.empty()) append_section(text, "upstreams", upstreams);
    if (from.snapshot->limits != to.snapshot->limits) append_section(text, "limits", {});
    if (from.snapshot->timeouts != to.snapshot->timeouts) append_section(text, "timeouts", {});
    if (from.snapshot->trusted_proxies != to.snapshot->trusted_proxies)
        append_section(text, "trusted_proxies", {});
    if (from.snapshot->drain != to.snapshot->drain) append_section(text, "drain", {});
    if (from.snapshot->log != to.snapshot->log) append_section(text, "log", {});
    return text.empty() ? "nothing changed" : text;
}

}  // namespace weft
