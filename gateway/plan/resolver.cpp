#include "plan/resolver.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weft {
namespace {

// Far more than anybody writes, far less than PathSet can hold.
constexpr std::size_t max_paths = 1'000;

bool is_every(const PathSegment& segment) { return std::holds_alternative<EveryElement>(segment); }

void add_once(std::vector<StepIndex>& steps, StepIndex step) {
    const auto place = std::ranges::lower_bound(steps, step);
    if (place == steps.end() || *place != step) steps.insert(place, step);
}

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

std::optional<StepIndex> Resolver::find_step(const Written<std::string>& name) {
    const auto found = steps_.find(name.value);
    if (found != steps_.end()) return found->second;
    std::vector<std::string_view> known;
    for (const Step& step : plan_.steps) known.push_back(step.name);
    const std::string hint = did_you_mean(name.value, known);
    return fail(Use{.start = name.at}, 0, "unknown step " + in_quotes(name.value) + hint);
}

std::optional<Expression> Resolver::of_path(const PathSyntax& path, const Use& use) {
    auto reference = by_root({path, use});
    if (!reference) return std::nullopt;
    note_use(*reference, use);
    warn_of_hidden(*reference, path, use);
    return Expression{*std::move(reference)};
}

bool Resolver::is_element(std::string_view name) const {
    return std::ranges::find(elements_, name, &Element::name) != elements_.end();
}

std::optional<Reference> Resolver::by_root(Asked asked) {
    const std::string& root = asked.path.root;
    const auto element =
        std::ranges::find(elements_.rbegin(), elements_.rend(), root, &Element::name);
    if (element != elements_.rend()) {
        return of_element(
            asked, static_cast<std::size_t>(std::distance(element, elements_.rend())) - 1
        );
    }
    const auto step = steps_.find(root);
    if (step != steps_.end()) return of_step(asked, step->second);
    if (root == "item" || root == name_of_item(asked.use)) return of_item(asked);
    if (root == "index") return of_index(asked);
    if (root == "items") return of_items(asked);
    if (root == "request") return of_request(asked);
    if (root == "steps") return of_steps(asked);
    return of_unknown(asked);
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
    const auto first = std::ranges::find_if(path, is_every);
    reference.plural = first != path.end();
    reference.is_whole_document = path.empty();
    if (path.empty()) return true;
    PathSet& paths = documents(reference, asked.use);
    if (paths.size() >= max_paths) {
        fail(asked, asked.path.offset, "too many different paths are read of one document");
        return false;
    }
    reference.path = paths.add(path);
    const bool is_in_one = reference.selection != ResultSelection::every;
    if (reference.plural && is_in_one && first != path.begin()) {
        reference.base = paths.add({path.begin(), first});
    }
    return true;
}

void Resolver::note_use(const Reference& reference, const Use& use) {
    Step* const named = reference.of_a_step() ? &plan_.steps[reference.step] : nullptr;
    if (reference.root == Root::request_body) plan_.reads_request_body = true;
    if (reference.root == Root::step) named->body_used = true;
    if (named != nullptr && reference.root != Root::step) named->end_used = true;
    if (reference.root == Root::step_header) {
        auto& headers = named->headers_read;
        if (std::ranges::find(headers, reference.name) == headers.end())
            headers.push_back(reference.name);
    }
    if (!use.reader) return;
    Step& reader = plan_.steps[*use.reader];
    if (use.role == Role::condition) {
        if (named != nullptr) add_once(reader.decided_by, reference.step);
    } else if (reference.root == Root::step) {
        reader.fed_only_by_request = false;
        add_once(reader.feeds, reference.step);
        if (!reference.optional && !use.can_lack) add_once(reader.needs, reference.step);
    } else if (named != nullptr) {
        add_once(reader.waits, reference.step);
    } else if (reference.from_request()) {
        reader.fed_only_by_request = reader.feeds.empty();
    }
}

// Steps are compiled before the response, so their shapes are known there.
void Resolver::warn_of_hidden(const Reference& reference, const PathSyntax& path, const Use& use) {
    const bool is_sent = !use.reader && use.place != Place::key && reference.root == Root::step;
    if (!is_sent || reference.is_whole_document) return;
    const Step& step = plan_.steps[reference.step];
    if (step.shape.below(step.shape.root(), step.reads, reference.path) != shape_nothing) return;
    diagnostics_.warning(
        inside(use.start, path.offset),
        in_quotes(reference.text) + " is not sent, because of \"select\" or \"omit\" of step " +
            in_quotes(step.name) + ": here it is absent"
    );
}

PathSet& Resolver::documents(const Reference& reference, const Use& use) {
    switch (reference.root) {
        case Root::step:
            return plan_.steps[reference.step].reads;
        case Root::item:
            return plan_.steps[*use.reader].item_reads;
        case Root::element:
            return *elements_[reference.level].reads;
        default:
            return plan_.body_reads;
    }
}

Reference Resolver::blank(const PathSyntax& path, Root root) {
    Reference reference;
    reference.root = root;
    reference.optional = path.optional;
    reference.text = path.text;
    return reference;
}

std::nullopt_t Resolver::fail(const Use& use, std::size_t offset, std::string message) {
    diagnostics_.error(inside(use.start, offset), std::move(message));
    return std::nullopt;
}

}  // namespace weft
