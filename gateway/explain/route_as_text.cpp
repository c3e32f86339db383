#include <algorithm>
#include <map>
#include <string_view>

#include "config/report.hpp"
#include "explain/outline.hpp"
#include "explain/show_route.hpp"
#include "explain/spelling.hpp"

namespace weft {
namespace {

std::string padded(std::string_view text, std::size_t width) {
    std::string column{text};
    column.resize(std::max(width, text.size()), ' ');
    return column;
}

std::string in_ms(milliseconds time) { return std::to_string(time.count()) + " ms"; }

template <class Range, class Text>
std::string listed(const Range& range, Text text) {
    std::string list;
    for (const auto& each : range) {
        if (!list.empty()) list += ", ";
        list += text(each);
    }
    return list;
}

class TextWriter {
  public:
    explicit TextWriter(const Outline& outline) : outline_{outline} {
        for (const OutlineStep& step : outline.steps) {
            waves_[step.wave].push_back(&step);
            name_ = std::max(name_, step.step->name.size());
            method_ = std::max(method_, to_string(step.step->method).size());
            upstream_ = std::max(upstream_, step.upstream.size());
            target_ = std::max(target_, target_of(step).size());
            time_ = std::max(time_, time_of(step).size());
        }
        margin_ = ("wave " + std::to_string(waves_.size())).size() + 2;
    }

    std::string write() && {
        for (const auto& [number, steps] : waves_) write_wave(number, steps);
        write_totals();
        write_headers();
        return std::move(text_);
    }

  private:
    static std::string target_of(const OutlineStep& step) {
        if (!step.loop) return step.target;
        return step.target + " x <=" + std::to_string(step.loop->unbatched);
    }

    static std::string time_of(const OutlineStep& step) { return "<=" + in_ms(step.step->timeout); }

    void write_wave(std::uint32_t number, const std::vector<const OutlineStep*>& steps) {
        std::string margin = padded("wave " + std::to_string(number), margin_);
        for (const OutlineStep* step : steps) {
            text_ += margin;
            write(*step);
            write_notes(*step);
            margin.assign(margin_, ' ');
        }
    }

    void write(const OutlineStep& step) {
        text_ += padded(step.step->name, name_ + 3);
        text_ += padded(to_string(step.step->method), method_ + 1);
        text_ += padded(step.upstream, upstream_ + 1);
        text_ += padded(target_of(step), target_ + 3);
        text_ += padded(time_of(step), time_ + 2);
        text_ += step.step->required ? "required" : "optional";
        if (!step.needs.empty()) {
            text_ += "   needs " + listed(step.needs, [](const auto& need) { return need.text; });
        }
        text_ += '\n';
    }

    void write_notes(const OutlineStep& step) {
        const Step& plan = *step.step;
        if (plan.batch) {
            note(
                "batch <=" + std::to_string(plan.batch->max_size) + " per call: at most " +
                counted(step.loop->calls, "call")
            );
        }
        if (step.loop && step.loop->rounds > 1) {
            note(
                std::to_string(plan.for_each->max_concurrency) + " at the same time: up to " +
                std::to_string(step.loop->rounds) + " rounds"
            );
        }
        if (!step.when.empty()) note("only when " + step.when);
        if (!step.after.empty())
            note("after " + listed(step.after, [this](StepIndex other) {
                     return outline_.steps[other].step->name;
                 }));
    }

    void note(const std::string& text) {
        text_ += std::string(margin_ + name_ + 3, ' ') + text + '\n';
    }

    void write_totals() {
        text_ += "calls: " + std::to_string(outline_.certain_calls);
        if (outline_.possible_calls > 0) {
            text_ += " + up to " + std::to_string(outline_.possible_calls);
        }
        if (outline_.unbatched_calls != outline_.possible_calls) {
            text_ += " (" + std::to_string(outline_.unbatched_calls) + " unbatched)";
        }
        text_ += "   slowest path " + in_ms(outline_.slowest_time);
        if (outline_.slowest_rounds > outline_.slowest_time) {
            text_ += " (with all rounds " + in_ms(outline_.slowest_rounds) + ")";
        }
        text_ += "   deadline " + in_ms(outline_.plan->timeout);
        text_ += "   slack " + in_ms(outline_.plan->timeout - outline_.slowest_time);
        const auto& grace = std::get<ComposePlan>(outline_.plan->work).grace;
        if (grace) text_ += "   grace " + in_ms(*grace);
        text_ += '\n';
    }

    void write_headers() {
        for (const OutlineHeader& header : outline_.headers) {
            text_ += header.name + " -> ";
            text_ += listed(header.upstreams, [](std::string_view name) { return name; });
            const bool is_only = header.upstreams.size() == 1 && outline_.upstreams.size() > 1;
            text_ += is_only ? " only\n" : "\n";
        }
    }

    // At least as wide as most are, so that routes look alike.
    static constexpr std::size_t usual_target = 28;

    const Outline& outline_;
    std::map<std::uint32_t, std::vector<const OutlineStep*>> waves_;
    std::size_t margin_ = 0;
    std::size_t name_ = 0;
    std::size_t method_ = 0;
    std::size_t upstream_ = 0;
    std::size_t target_ = usual_target;
    std::size_t time_ = 0;
    std::string text_;
};

std::string proxy_as_text(const Plan& plan, const Snapshot& snapshot) {
    const auto& proxy = std::get<ProxyPlan>(plan.work);
    const UpstreamPlan& upstream = snapshot.upstreams[proxy.upstream];
    const milliseconds limit = std::min(plan.timeout, upstream.timeout);
    return "proxy  " + std::string{to_string(plan.method)} + ' ' + upstream.name + ' ' +
           spell(proxy) + "   <=" + in_ms(limit) + " until the head of the answer\n" +
           "bodies stream both ways\n" + "every client header but hop-by-hop -> " + upstream.name +
           '\n';
}

}  // namespace

std::string route_as_text(const Plan& plan, const Snapshot& snapshot) {
    if (std::holds_alternative<ProxyPlan>(plan.work)) return proxy_as_text(plan, snapshot);
    const Outline facts = outline(plan, snapshot);
    return TextWriter{facts}.write();
}

}  // namespace weft
