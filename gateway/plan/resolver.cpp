#include "plan/resolver.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "plan/text_fault.hpp"

namespace weft {
namespace {

// Far more than anybody writes, far less than PathSet can hold.
constexpr std::size_t max_paths = 10'000;

bool is_every(const PathSegment& segment) { return std::holds_alternative<EveryElement>(segment); }

}  // namespace

Resolver::Resolver(
    const WrittenRoute& route,
    const PathPattern* pattern,
    ComposePlan& plan,
    Diagnostics& diagnostics
)
    : route_{route}, pattern_{pattern}, plan_{plan}, diagnostics_{diagnostics} {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        steps_.emplace(plan.steps[i].name, static_cast<StepIndex>(i));
    }
}

std::optional<Reference> Resolver::resolve(const PathSyntax& path, const Use& use) {
    const Asked asked{path, use};
    auto reference = by_root(asked);
    if (!reference || !check_place(*reference, asked)) return std::nullopt;
    note_use(*reference, use);
    return reference;
}

std::optional<ForEach> Resolver::resolve_list(const PathSyntax& path, const Use& use) {
    const Asked asked{path, use};
    auto reference = resolve(path, use);
    if (!reference) return std::nullopt;
    const bool can_be_a_list = reference->root == Root::step ||
                               reference->root == Root::request_body ||
                               reference->root == Root::request_query;
    if (!can_be_a_list) {
        return fail(
            asked, path.offset, "for_each needs a list, and " + in_quotes(path.text) + " is text"
        );
    }
    ForEach for_each;
    for_each.list = *reference;
    if (!reference->plural || reference->selection == ResultSelection::every) return for_each;
    // Up to the first [*]: the reference is plural, so there is one.
    PathSyntax base = path;
    const auto first = std::ranges::find(base.selectors, SelectorKind::every, &Selector::kind);
    base.selectors.erase(first, base.selectors.end());
    const auto based = by_root({base, use});
    if (based && !based->is_whole_document) for_each.base = based->path;
    return for_each;
}

std::optional<Reference> Resolver::by_root(Asked asked) {
    const auto step = steps_.find(asked.path.root);
    if (step != steps_.end()) return of_step(asked, step->second);
    if (asked.path.root == "item") return of_item(asked);
    if (asked.path.root == "index") return of_index(asked);
    if (asked.path.root == "request") return of_request(asked);
    return of_unknown(asked);
}

std::optional<Reference> Resolver::of_step(Asked asked, StepIndex step) {
    Reference reference = blank(asked.path, Root::step);
    reference.step = step;
    std::size_t first = 0;
    if (route_.steps[step].for_each && !asked.path.selectors.empty()) {
        const Selector& selector = asked.path.selectors.front();
        if (selector.kind == SelectorKind::name) {
            const std::string list = in_quotes(asked.path.root);
            return fail(
                asked,
                selector.offset,
                list + " is a list, of for_each: choose with [0] or [*] first"
            );
        }
        const bool is_one = selector.kind == SelectorKind::index;
        reference.selection = is_one ? ResultSelection::one : ResultSelection::every;
        reference.selected = selector.index;
        first = 1;
    }
    const auto path = json_path(asked, first);
    if (!path || !read(reference, *path, asked)) return std::nullopt;
    reference.plural = reference.plural || reference.selection == ResultSelection::every;
    return reference;
}

std::optional<Reference> Resolver::of_item(Asked asked) {
    const bool has_item = asked.use.reader && route_.steps[*asked.use.reader].for_each &&
                          asked.use.place != Place::list;
    if (!has_item) {
        return fail(asked, asked.path.offset, "\"item\" is only known in a step with for_each");
    }
    Reference reference = blank(asked.path, Root::item);
    const auto path = json_path(asked, 0);
    if (!path || !read(reference, *path, asked)) return std::nullopt;
    return reference;
}

std::optional<Reference> Resolver::of_index(Asked asked) {
    const bool has_item = asked.use.reader && route_.steps[*asked.use.reader].for_each &&
                          asked.use.place != Place::list;
    if (!has_item) {
        return fail(asked, asked.path.offset, "\"index\" is only known in a step with for_each");
    }
    if (!asked.path.selectors.empty()) {
        return fail(asked, asked.path.selectors.front().offset, "\"index\" is a number");
    }
    return blank(asked.path, Root::index);
}

std::optional<Reference> Resolver::of_unknown(Asked asked) {
    const std::string& root = asked.path.root;
    constexpr std::array<std::string_view, 3> literals{"true", "false", "null"};
    if (root == "steps" || root == "items") {
        return fail(asked, asked.path.offset, unsupported(in_quotes(asked.path.text)));
    }
    if (std::ranges::find(literals, root) != literals.end()) {
        return fail(asked, asked.path.offset, unsupported("a literal in an expression"));
    }
    if (root == "env") {
        return fail(
            asked,
            asked.path.offset,
            "an environment variable is written ${env.NAME} or ${env.NAME:-default}"
        );
    }
    if (route_.proxy) {
        return fail(
            asked, asked.path.offset, "a proxy's path can hold parameters of the route's path only"
        );
    }
    std::vector<std::string_view> known{"request"};
    for (const Step& step : plan_.steps) known.push_back(step.name);
    if (asked.use.reader && route_.steps[*asked.use.reader].for_each) {
        known.insert(known.end(), {"item", "index"});
    }
    return fail(
        asked, asked.path.offset, "unknown step " + in_quotes(root) + did_you_mean(root, known)
    );
}

std::optional<JsonPath> Resolver::json_path(Asked asked, std::size_t first) {
    JsonPath path;
    for (std::size_t i = first; i < asked.path.selectors.size(); ++i) {
        const Selector& selector = asked.path.selectors[i];
        switch (selector.kind) {
            case SelectorKind::name:
                if (!selector.in_brackets && selector.name.find('-') != std::string::npos) {
                    const std::string message = " holds \"-\": write ['" + selector.name + "']";
                    return fail(asked, selector.offset, in_quotes(selector.name) + message);
                }
                path.emplace_back(MemberName{selector.name});
                break;
            case SelectorKind::index:
                path.emplace_back(ElementIndex{selector.index});
                break;
            case SelectorKind::every:
                path.emplace_back(EveryElement{});
                break;
        }
    }
    return path;
}

bool Resolver::read(Reference& reference, const JsonPath& path, Asked asked) {
    reference.plural = std::ranges::any_of(path, is_every);
    reference.is_whole_document = path.empty();
    if (path.empty()) return true;
    PathSet& paths = documents(reference, asked.use);
    if (paths.size() >= max_paths) {
        fail(asked, asked.path.offset, "too many different paths are read of one document");
        return false;
    }
    reference.path = paths.add(path);
    return true;
}

bool Resolver::check_place(const Reference& reference, Asked asked) {
    const Place place = asked.use.place;
    const auto refuse = [&](const std::string& message) {
        fail(asked, asked.path.offset, in_quotes(reference.text) + message);
        return false;
    };
    if (reference.plural && place != Place::list) {
        return refuse(" names any number of values, which only for_each takes");
    }
    if (reference.optional && place == Place::path) {
        return refuse(" cannot be left out of a path: \"?\" is for a query, a header or a body");
    }
    const bool is_list = reference.root == Root::step &&
                         reference.selection == ResultSelection::whole &&
                         route_.steps[reference.step].for_each;
    if (is_list && (place == Place::path || place == Place::text)) {
        return refuse(" is a list, of for_each, which cannot stand in text");
    }
    return true;
}

void Resolver::note_use(const Reference& reference, const Use& use) {
    if (reference.root == Root::request_body) plan_.reads_request_body = true;
    if (reference.root == Root::step) plan_.steps[reference.step].body_used = true;
    if (!use.reader) return;
    Step& reader = plan_.steps[*use.reader];
    if (reference.root == Root::step) {
        reader.fed_only_by_request = false;
        const auto place = std::ranges::lower_bound(reader.feeds, reference.step);
        if (place == reader.feeds.end() || *place != reference.step) {
            reader.feeds.insert(place, reference.step);
        }
    } else if (reference.from_request()) {
        reader.fed_only_by_request = reader.feeds.empty();
    }
}

PathSet& Resolver::documents(const Reference& reference, const Use& use) {
    if (reference.root == Root::step) return plan_.steps[reference.step].reads;
    if (reference.root == Root::item) return plan_.steps[*use.reader].item_reads;
    return plan_.body_reads;
}

Reference Resolver::blank(const PathSyntax& path, Root root) {
    Reference reference;
    reference.root = root;
    reference.optional = path.optional;
    reference.text = path.text;
    return reference;
}

std::nullopt_t Resolver::fail(Asked asked, std::size_t offset, std::string message) {
    diagnostics_.error(inside(asked.use.start, offset), std::move(message));
    return std::nullopt;
}

}  // namespace weft
