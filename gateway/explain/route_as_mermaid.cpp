// https://mermaid.js.org/syntax/flowchart.html: what an arrow points at starts when what it comes
// from is in.
#include <algorithm>
#include <string_view>

#include "config/report.hpp"
#include "explain/outline.hpp"
#include "explain/references.hpp"
#include "explain/show_route.hpp"
#include "explain/spelling.hpp"
#include "plan/schedule.hpp"

namespace weft {
namespace {

// A label in quotes may hold anything but these; `#` begins an entity there.
std::string quoted(std::string_view text) {
    std::string label{'"'};
    for (const char c : text) {
        switch (c) {
            case '"':
                label += "#quot;";
                break;
            case '#':
                label += "#35;";
                break;
            case '<':
                label += "#lt;";
                break;
            case '>':
                label += "#gt;";
                break;
            case '\n':
                label += "<br/>";
                break;
            default:
                label += c;
        }
    }
    return label + '"';
}

std::string node(StepIndex step) { return "s" + std::to_string(step); }

std::string label_of(const OutlineStep& step) {
    std::string label = step.step->name + '\n' + std::string{to_string(step.step->method)} + ' ' +
                        std::string{step.upstream} + ' ' + step.target;
    if (step.loop) label += "\nfor each, at most " + std::to_string(step.loop->unbatched);
    if (step.step->batch) {
        label += "\nbatch of " + std::to_string(step.step->batch->max_size) + ", at most " +
                 counted(step.loop->calls, "call");
    }
    if (!step.when.empty()) label += "\nonly when " + step.when;
    return label + '\n' + std::to_string(step.step->timeout.count()) + " ms";
}

// What one step reads of another, comma by comma; empty if it only waits for it.
std::string reads(const OutlineStep& reader, StepIndex of) {
    std::string text;
    for (const OutlineNeed& need : reader.needs) {
        if (need.step == of) text += (text.empty() ? "" : ", ") + need.text;
    }
    return text;
}

void draw_arrows(std::string& out, const OutlineStep& reader, StepIndex index) {
    const Step& step = *reader.step;
    bool has_any = false;
    const auto arrow = [&](StepIndex from, std::string_view style, const std::string& label) {
        out += "    " + node(from) + ' ' + std::string{style};
        out += (label.empty() ? "" : "|" + quoted(label) + "|") + ' ' + node(index) + '\n';
        has_any = true;
    };
    for (const StepIndex from : step.feeds) arrow(from, "-->", reads(reader, from));
    for (const StepIndex from : step.waits) arrow(from, "-.->", reads(reader, from));
    for (const StepIndex from : step.decided_by) {
        if (std::ranges::find(step.feeds, from) == step.feeds.end()) arrow(from, "-.->", "when");
    }
    if (!has_any) out += "    request --> " + node(index) + '\n';
}

// Those whose values stand in the answer, and those that only the answer waits for.
std::vector<bool> ends(const Outline& outline) {
    const auto& plan = std::get<ComposePlan>(outline.plan->work);
    std::vector<bool> is_end(plan.steps.size(), true);
    for (const Step& step : plan.steps) {
        for (const StepIndex other : waits_for(step)) is_end[other] = false;
    }
    visit_expressions(plan.response, [&is_end](const Expression& expression) {
        visit_references(expression, [&is_end](const Reference& reference) {
            if (reference.root == Root::step) is_end[reference.step] = true;
        });
    });
    return is_end;
}

std::string draw_steps(const Outline& outline) {
    std::string out;
    const auto each_step = [&outline](const auto& draw) {
        for (std::size_t i = 0; i < outline.steps.size(); ++i) {
            draw(static_cast<StepIndex>(i), outline.steps[i]);
        }
    };
    each_step([&out](StepIndex index, const OutlineStep& step) {
        out += "    " + node(index) + '[' + quoted(label_of(step)) + "]\n";
    });
    each_step([&out](StepIndex index, const OutlineStep& step) { draw_arrows(out, step, index); });
    const std::vector<bool> is_end = ends(outline);
    std::string optional;
    each_step([&](StepIndex index, const OutlineStep& step) {
        if (is_end[index]) out += "    " + node(index) + " --> answer\n";
        if (!step.step->required) optional += (optional.empty() ? "" : ",") + node(index);
    });
    if (optional.empty()) return out;
    return out + "    classDef optional stroke-dasharray: 5 5\n    class " + optional +
           " optional\n";
}

std::string draw_proxy(const ProxyPlan& proxy, const UpstreamPlan& upstream) {
    return "    proxy[" + quoted("proxy\n" + upstream.name + ' ' + spell(proxy)) + "]\n" +
           "    request --> proxy\n    proxy --> answer\n";
}

}  // namespace

std::string route_as_mermaid(const Plan& plan, const Snapshot& snapshot) {
    std::string out = "flowchart LR\n    request([" +
                      quoted(std::string{to_string(plan.method)} + ' ' + plan.path) +
                      "])\n    answer([" + quoted("the answer") + "])\n";
    const auto* proxy = std::get_if<ProxyPlan>(&plan.work);
    if (proxy != nullptr) return out + draw_proxy(*proxy, snapshot.upstreams[proxy->upstream]);
    return out + draw_steps(outline(plan, snapshot));
}

}  // namespace weft
