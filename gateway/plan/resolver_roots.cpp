// The half of the resolver that knows what a path begins with, but for `request`.
#include <algorithm>
#include <array>
#include <utility>

#include "plan/resolver.hpp"

namespace weft {

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
                list + " is a list, of for_each: choose with [0], [*] or [key] first"
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

std::string_view Resolver::name_of_item(const Use& use) const {
    if (!use.reader) return "item";
    const auto& as = route_.steps[*use.reader].as;
    return as ? std::string_view{as->value} : "item";
}

bool Resolver::has_item(Asked asked, std::string_view name) {
    const auto refuse = [&](std::string message) {
        fail(asked, asked.path.offset, in_quotes(name) + std::move(message));
        return false;
    };
    const Use& use = asked.use;
    if (!use.reader || !route_.steps[*use.reader].for_each || use.role == Role::list) {
        return refuse(" is only known in a step with for_each");
    }
    if (use.role == Role::condition) {
        return refuse(" is not known in \"when\", which is decided once for all items");
    }
    if (use.role == Role::batch) {
        return refuse(" is not known in \"batch\": a call is for several, \"items\"");
    }
    return true;
}

std::optional<Reference> Resolver::of_item(Asked asked) {
    const std::string_view name = name_of_item(asked.use);
    if (!has_item(asked, asked.path.root)) return std::nullopt;
    if (asked.path.root != name) {
        return fail(asked, asked.path.offset, "\"item\" is called " + in_quotes(name) + " here");
    }
    const bool has_parts = !asked.path.selectors.empty();
    if (has_parts && asked.use.role == Role::call && route_.steps[*asked.use.reader].batch) {
        return fail(
            asked,
            asked.path.selectors.front().offset,
            in_quotes(name) +
                " has no parts: the items of a step with batch are text and numbers, "
                "so loop over those, as in ${order.lines[*].sku}"
        );
    }
    Reference reference = blank(asked.path, Root::item);
    const auto path = json_path(asked, 0);
    if (!path || !read(reference, *path, asked)) return std::nullopt;
    return reference;
}

std::optional<Reference> Resolver::of_index(Asked asked) {
    if (!has_item(asked, "index")) return std::nullopt;
    if (!asked.path.selectors.empty()) {
        return fail(asked, asked.path.selectors.front().offset, "\"index\" is a number");
    }
    return blank(asked.path, Root::index);
}

std::optional<Reference> Resolver::of_items(Asked asked) {
    if (!asked.use.reader || asked.use.role != Role::batch) {
        return fail(asked, asked.path.offset, "\"items\" is only known in \"batch\"");
    }
    if (!asked.path.selectors.empty()) {
        const std::size_t offset = asked.path.selectors.front().offset;
        return fail(asked, offset, "\"items\" is a list of texts and numbers, without parts");
    }
    return blank(asked.path, Root::items);
}

std::optional<Reference> Resolver::of_element(Asked asked, std::size_t level) {
    Reference reference = blank(asked.path, Root::element);
    reference.level = static_cast<std::uint16_t>(level);
    const auto path = json_path(asked, 0);
    if (!path || !read(reference, *path, asked)) return std::nullopt;
    return reference;
}

std::optional<Reference> Resolver::of_steps(Asked asked) {
    constexpr std::array<std::pair<std::string_view, Root>, 3> parts{{
        {"status", Root::step_status},
        {"header", Root::step_header},
        {"ok", Root::step_ok},
    }};
    const auto& selectors = asked.path.selectors;
    if (selectors.size() < 2 || selectors[0].kind != SelectorKind::name) {
        return fail(
            asked, asked.path.offset, "\"steps\" needs a step and a part: steps.order.status"
        );
    }
    const auto step = find_step({selectors[0].name, inside(asked.use.start, selectors[0].offset)});
    if (!step) return std::nullopt;
    if (route_.steps[*step].for_each) {
        const std::string message = " is a for_each step: it has no status or header of its own";
        return fail(asked, selectors[0].offset, in_quotes(selectors[0].name) + message);
    }
    const std::string& part = selectors[1].name;
    const auto found = std::ranges::find(parts, part, &std::pair<std::string_view, Root>::first);
    if (found == parts.end()) {
        const std::string hint = did_you_mean(part, {"status", "header", "ok"});
        return fail(asked, selectors[1].offset, "a step has status, header and ok" + hint);
    }
    const std::string what = "steps." + selectors[0].name + "." + part;
    const bool is_header = found->second == Root::step_header;
    const std::size_t length = is_header ? 3 : 2;
    if (selectors.size() > length) {
        return fail(asked, selectors[length].offset, in_quotes(what) + " is without parts");
    }
    if (selectors.size() < length) {
        return fail(
            asked, selectors[1].offset, in_quotes(what) + " needs a name: " + what + ".name"
        );
    }
    Reference reference = blank(asked.path, found->second);
    reference.step = *step;
    if (!is_header) return reference;
    return with_header_name(std::move(reference), selectors[2], asked);
}

std::vector<std::string_view> Resolver::known_names(const Use& use) const {
    std::vector<std::string_view> known{"request", "steps"};
    for (const Step& step : plan_.steps) known.push_back(step.name);
    for (const Element& element : elements_) known.push_back(element.name);
    const bool loops = use.reader && route_.steps[*use.reader].for_each;
    if (loops && use.role == Role::call) {
        known.push_back(name_of_item(use));
        known.push_back("index");
    }
    if (loops && use.role == Role::batch) known.push_back("items");
    return known;
}

std::optional<Reference> Resolver::of_unknown(Asked asked) {
    const std::string& root = asked.path.root;
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
    const std::string hint = did_you_mean(root, known_names(asked.use));
    return fail(asked, asked.path.offset, "unknown step " + in_quotes(root) + hint);
}

}  // namespace weft
