// The half of the resolver that knows `request.*`.
#include <algorithm>
#include <array>
#include <utility>

#include "http/characters.hpp"
#include "plan/resolver.hpp"

namespace weft {
namespace {

std::string_view written(Root root) {
    switch (root) {
        case Root::request_path:
            return "request.path";
        case Root::request_query:
            return "request.query";
        case Root::request_header:
            return "request.header";
        case Root::request_method:
            return "request.method";
        case Root::request_id:
            return "request.id";
        default:
            return "";
    }
}

std::string lower_case(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace

std::optional<Reference> Resolver::of_request(Asked asked) {
    constexpr std::array<std::pair<std::string_view, Root>, 6> parts{{
        {"path", Root::request_path},
        {"query", Root::request_query},
        {"header", Root::request_header},
        {"body", Root::request_body},
        {"method", Root::request_method},
        {"id", Root::request_id},
    }};
    const auto& selectors = asked.path.selectors;
    const std::string_view part = selectors.empty() ? "" : std::string_view{selectors.front().name};
    const auto found = std::ranges::find(parts, part, &std::pair<std::string_view, Root>::first);
    if (found == parts.end()) {
        std::vector<std::string_view> known;
        known.reserve(parts.size());
        for (const auto& [name, root] : parts) known.push_back(name);
        const std::size_t offset = selectors.empty() ? asked.path.offset : selectors.front().offset;
        return fail(
            asked,
            offset,
            "\"request\" has path, query, header, body, method and id" + did_you_mean(part, known)
        );
    }
    if (found->second != Root::request_body) return of_request_field(asked, found->second);
    Reference reference = blank(asked.path, Root::request_body);
    const auto path = json_path(asked, 1);
    if (!path || !read(reference, *path, asked)) return std::nullopt;
    return reference;
}

std::optional<Reference> Resolver::of_request_field(Asked asked, Root root) {
    const auto& selectors = asked.path.selectors;
    const bool has_name = root != Root::request_method && root != Root::request_id;
    const std::size_t length = has_name ? 2 : 1;
    if (selectors.size() < length || (has_name && selectors[1].kind != SelectorKind::name)) {
        const std::string what{written(root)};
        return fail(
            asked, selectors.front().offset, in_quotes(what) + " needs a name: " + what + ".name"
        );
    }
    if (selectors.size() > length) {
        return fail(
            asked, selectors[length].offset, in_quotes(written(root)) + " gives text, without parts"
        );
    }
    Reference reference = blank(asked.path, root);
    if (!has_name) return reference;
    reference.name = selectors[1].name;
    if (root == Root::request_path && !check_parameter(selectors[1], asked)) return std::nullopt;
    if (root != Root::request_header) return reference;
    return with_header_name(std::move(reference), selectors[1], asked);
}

std::optional<Reference> Resolver::with_header_name(
    Reference reference, const Selector& name, Asked asked
) {
    const bool is_token = run_of(token_characters, name.name) == name.name.size();
    if (name.kind != SelectorKind::name || name.name.empty() || !is_token) {
        return fail(asked, name.offset, in_quotes(name.name) + " is not a header's name");
    }
    reference.name = lower_case(name.name);
    return reference;
}

bool Resolver::check_parameter(const Selector& selector, Asked asked) {
    if (pattern_ == nullptr) return true;
    std::vector<std::string_view> known;
    for (const PatternSegment& segment : pattern_->segments) {
        if (segment.kind == SegmentKind::literal) continue;
        if (segment.kind == SegmentKind::rest && segment.text == selector.name) {
            fail(
                asked, selector.offset, "the rest of a path is written {" + selector.name + "...}"
            );
            return false;
        }
        if (segment.text == selector.name) return true;
        known.push_back(segment.text);
    }
    const std::string message = "the route's path has no parameter " + in_quotes(selector.name);
    fail(asked, selector.offset, message + did_you_mean(selector.name, known));
    return false;
}

}  // namespace weft
