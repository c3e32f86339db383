#include "unit/compose/route_builder.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace weft::test {
namespace {

using Json = nlohmann::ordered_json;

struct Reading {
    ComposePlan& plan;
    Step* step = nullptr;  // null: the response
};

StepIndex index_of(const ComposePlan& plan, std::string_view name) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (plan.steps[i].name == name) return static_cast<StepIndex>(i);
    }
    throw std::logic_error("no step " + std::string{name});
}

// `a.b[0][*]['x y']` as segments; the root is the first of them.
JsonPath segments_of(std::string_view text) {
    JsonPath path;
    while (!text.empty()) {
        if (text.starts_with("[")) {
            const std::string_view inside = text.substr(1, text.find(']') - 1);
            if (inside == "*") {
                path.push_back(EveryElement{});
            } else {
                path.push_back(ElementIndex{
                    static_cast<std::uint32_t>(std::stoul(std::string{inside}))});
            }
            text.remove_prefix(inside.size() + 2);
        } else {
            if (text.starts_with(".")) text.remove_prefix(1);
            const std::string_view name = text.substr(0, text.find_first_of(".["));
            path.push_back(MemberName{std::string{name}});
            text.remove_prefix(name.size());
        }
    }
    return path;
}

bool is_plural(const JsonPath& path) {
    return std::ranges::any_of(path, [](const PathSegment& segment) {
        return std::holds_alternative<EveryElement>(segment);
    });
}

void place_in(PathSet& reads, const JsonPath& path, Reference& reference) {
    reference.path = reads.add(path);
    reference.is_whole_document = path.empty();
    reference.plural = reference.plural || is_plural(path);
}

void request_reference(JsonPath path, Reference& reference, Reading reading) {
    const std::string member = std::get<MemberName>(path.front()).name;
    path.erase(path.begin());
    if (member == "body") {
        reference.root = Root::request_body;
        reading.plan.reads_request_body = true;
        place_in(reading.plan.body_reads, path, reference);
        return;
    }
    reference.root = member == "path"     ? Root::request_path
                     : member == "query"  ? Root::request_query
                     : member == "header" ? Root::request_header
                     : member == "method" ? Root::request_method
                                          : Root::request_id;
    if (!path.empty()) reference.name = std::get<MemberName>(path.front()).name;
}

void step_reference(const std::string& name, JsonPath path, Reference& reference, Reading reading) {
    reference.root = Root::step;
    reference.step = index_of(reading.plan, name);
    Step& read = reading.plan.steps[reference.step];
    read.body_used = true;
    if (read.for_each && !path.empty()) {
        if (const auto* element = std::get_if<ElementIndex>(&path.front())) {
            reference.selection = ResultSelection::one;
            reference.selected = element->index;
        } else {
            reference.selection = ResultSelection::every;
            reference.plural = true;
        }
        path.erase(path.begin());
    }
    place_in(read.reads, path, reference);
    if (reading.step == nullptr) return;
    const auto add = [&reference](std::vector<StepIndex>& steps) {
        if (std::ranges::count(steps, reference.step) == 0) steps.push_back(reference.step);
    };
    add(reading.step->feeds);
    if (!reference.optional) add(reading.step->needs);
}

Reference reference_of(std::string text, Reading reading) {
    Reference reference;
    reference.text = text;
    if (text.ends_with('?')) {
        reference.optional = true;
        text.pop_back();
    }
    JsonPath path = segments_of(text);
    const std::string root = std::get<MemberName>(path.front()).name;
    path.erase(path.begin());
    if (root == "request") {
        request_reference(path, reference, reading);
    } else if (root == "item") {
        reference.root = Root::item;
        place_in(reading.step->item_reads, path, reference);
    } else if (root == "index") {
        reference.root = Root::index;
    } else {
        step_reference(root, path, reference, reading);
    }
    return reference;
}

TextTemplate text_of(std::string_view text, Reading reading) {
    TextTemplate pieces;
    while (!text.empty()) {
        const std::size_t open = text.find("${");
        if (open > 0) pieces.emplace_back(std::string{text.substr(0, open)});
        if (open == std::string_view::npos) break;
        const std::size_t close = text.find('}', open);
        pieces.emplace_back(
            reference_of(std::string{text.substr(open + 2, close - open - 2)}, reading)
        );
        text.remove_prefix(close + 1);
    }
    return pieces;
}

BodyNode node_of(const Json& value, Reading reading) {
    BodyNode node;
    if (value.is_object() || value.is_array()) {
        node.kind = value.is_object() ? BodyKind::object : BodyKind::array;
        for (const auto& [key, child] : value.items()) {
            node.names.push_back(Json(key).dump());
            node.tokens.push_back(key);
            node.children.push_back(node_of(child, reading));
        }
        return node;
    }
    const std::string text = value.is_string() ? value.get<std::string>() : "";
    if (text.find("${") == std::string::npos) {
        node.literal = value.dump();
        return node;
    }
    TextTemplate pieces = text_of(text, reading);
    if (pieces.size() == 1) {
        node.kind = BodyKind::expression;
        node.expression = std::get<Expression>(pieces.front());
    } else {
        node.kind = BodyKind::text;
        node.text = std::move(pieces);
    }
    return node;
}

ForEach for_each_of(const StepSpec& spec, Reading reading) {
    ForEach loop;
    Reference list = reference_of(*spec.for_each, reading);
    loop.max_items = spec.max_items;
    loop.max_concurrency = spec.max_concurrency;
    const std::size_t every = spec.for_each->find("[*]");
    if (list.plural && list.selection == ResultSelection::whole) {
        const Reference base = reference_of(spec.for_each->substr(0, every), reading);
        if (!base.is_whole_document) list.base = base.path;
    }
    loop.list = std::move(list);
    return loop;
}

bool reads_request(const Step& step) {
    const auto in_text = [](const TextTemplate& text) {
        return std::ranges::any_of(text, [](const TextPiece& piece) {
            const auto* expression = std::get_if<Expression>(&piece);
            return expression != nullptr && expression->reference()->from_request();
        });
    };
    const auto in_value = [&](const auto& member) { return in_text(member.value); };
    return (step.for_each && step.for_each->list.reference()->from_request()) ||
           std::ranges::any_of(step.target.segments, in_text) ||
           std::ranges::any_of(step.target.query, in_value) ||
           std::ranges::any_of(step.headers, in_value);
}

void fill_step(const StepSpec& spec, Step& step, ComposePlan& plan) {
    const Reading reading{plan, &step};
    if (spec.for_each) step.for_each = for_each_of(spec, reading);
    std::string_view path = spec.path;
    while (!path.empty()) {
        const std::size_t end = path.find('/', 1);
        step.target.segments.push_back(
            text_of(path.substr(1, end == path.npos ? end : end - 1), reading)
        );
        path = end == path.npos ? std::string_view{} : path.substr(end);
    }
    for (const auto& [name, value] : spec.query) {
        step.target.query.push_back({name, text_of(value, reading)});
    }
    for (const auto& [name, value] : spec.headers) {
        step.headers.push_back({name, text_of(value, reading)});
    }
    step.timeout = spec.timeout;
    step.required = spec.required;
    step.has_fallback = spec.fallback.has_value();
    step.fallback = spec.fallback.value_or("null");
    step.fed_only_by_request = step.feeds.empty() && reads_request(step);
}

}  // namespace

std::shared_ptr<Snapshot> build_route(std::vector<StepSpec> specs, const std::string& response) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->plans.emplace_back().name = "route";
    snapshot->plans.front().work = ComposePlan{};
    auto& plan = std::get<ComposePlan>(snapshot->plans.front().work);
    plan.steps.resize(specs.size());
    for (std::size_t i = 0; i < specs.size(); ++i) {
        plan.steps[i].name = specs[i].name;
        plan.steps[i].upstream = static_cast<UpstreamIndex>(i);
        if (specs[i].for_each) plan.steps[i].for_each.emplace();
        UpstreamPlan& upstream = snapshot->upstreams.emplace_back();
        upstream.name = specs[i].name + "-service";
        upstream.forward = specs[i].forward;
        plan.has_optional_steps = plan.has_optional_steps || !specs[i].required;
    }
    for (std::size_t i = 0; i < specs.size(); ++i) fill_step(specs[i], plan.steps[i], plan);
    plan.response = node_of(Json::parse(response), {plan, nullptr});
    return snapshot;
}

}  // namespace weft::test
