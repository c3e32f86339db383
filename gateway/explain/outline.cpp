#include "explain/outline.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "explain/references.hpp"
#include "explain/spelling.hpp"
#include "plan/schedule.hpp"

namespace weft {
namespace {

std::uint64_t portions(std::uint64_t all, std::uint64_t size) { return (all + size - 1) / size; }

bool is_of_step(const Reference& reference) {
    return reference.root == Root::step || reference.root == Root::step_status ||
           reference.root == Root::step_header || reference.root == Root::step_ok;
}

std::vector<OutlineNeed> needs_of(const Step& step) {
    std::vector<OutlineNeed> needs;
    visit_expressions(step, [&needs](const Expression& expression) {
        visit_references(expression, [&needs](const Reference& reference) {
            const bool is_known =
                std::ranges::find(needs, reference.text, &OutlineNeed::text) != needs.end();
            if (is_of_step(reference) && !is_known) {
                needs.push_back({reference.step, reference.text});
            }
        });
    });
    return needs;
}

// Those it is ordered behind and does not read: `needs` names the others.
std::vector<StepIndex> only_after(const Step& step, const std::vector<OutlineNeed>& needs) {
    std::vector<StepIndex> after;
    for (const StepIndex other : step.waits) {
        if (std::ranges::find(needs, other, &OutlineNeed::step) == needs.end()) {
            after.push_back(other);
        }
    }
    return after;
}

std::optional<OutlineLoop> loop_of(const Step& step) {
    if (!step.for_each) return std::nullopt;
    OutlineLoop loop;
    loop.unbatched = step.for_each->max_items;
    loop.calls = step.batch ? portions(loop.unbatched, step.batch->max_size) : loop.unbatched;
    loop.rounds = portions(loop.calls, step.for_each->max_concurrency);
    return loop;
}

// What every upstream may see is not worth a line.
bool is_always_forwarded(std::string_view name) {
    constexpr std::array<std::string_view, 4> fixed{
        "traceparent", "tracestate", "accept-language", "x-request-id"};
    return std::ranges::find(fixed, name) != fixed.end();
}

void add_once(std::vector<std::string_view>& all, std::string_view one) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

class OutlineMaker {
  public:
    OutlineMaker(const Plan& plan, const Snapshot& snapshot)
        : compose_{std::get<ComposePlan>(plan.work)}, snapshot_{snapshot} {
        outline_.plan = &plan;
    }

    Outline make() && {
        for (const Step& step : compose_.steps) add(step);
        time();
        return std::move(outline_);
    }

  private:
    void add(const Step& step) {
        OutlineStep& made = outline_.steps.emplace_back();
        const UpstreamPlan& upstream = snapshot_.upstreams[step.upstream];
        made.step = &step;
        made.upstream = upstream.name;
        const bool is_single = step.batch && step.target.segments.empty();
        made.target = spell(is_single ? step.batch->target : step.target);
        made.needs = needs_of(step);
        made.after = only_after(step, made.needs);
        if (step.when) made.when = spell(*step.when);
        made.loop = loop_of(step);
        count(made);
        add_once(outline_.upstreams, upstream.name);
        for (const std::string& name : upstream.forward) show(name, upstream.name);
        for (const std::string& name : step.forward) show(name, upstream.name);
        visit_expressions(step, [&](const Expression& expression) {
            visit_references(expression, [&](const Reference& reference) {
                if (reference.root == Root::request_header) show(reference.name, upstream.name);
            });
        });
    }

    void count(const OutlineStep& step) {
        const std::uint64_t calls = step.loop ? step.loop->calls : 1;
        const bool is_certain = !step.loop && !step.step->when;
        (is_certain ? outline_.certain_calls : outline_.possible_calls) += calls;
        if (!is_certain) outline_.unbatched_calls += step.loop ? step.loop->unbatched : 1;
    }

    void show(const std::string& header, std::string_view upstream) {
        if (is_always_forwarded(header)) return;
        auto found = std::ranges::find(outline_.headers, header, &OutlineHeader::name);
        if (found == outline_.headers.end()) {
            found = outline_.headers.insert(found, OutlineHeader{header, {}});
        }
        add_once(found->upstreams, upstream);
    }

    void time() {
        std::vector<milliseconds> times = call_times(compose_.steps);
        Schedule plain = schedule(compose_.steps, times);
        for (std::size_t i = 0; i < outline_.steps.size(); ++i) {
            outline_.steps[i].wave = plain.waves[i];
            const auto& loop = outline_.steps[i].loop;
            if (loop) times[i] *= static_cast<std::int64_t>(loop->rounds);
        }
        outline_.slowest = std::move(plain.slowest);
        outline_.slowest_time = plain.slowest_time;
        outline_.slowest_rounds = schedule(compose_.steps, times).slowest_time;
    }

    const ComposePlan& compose_;
    const Snapshot& snapshot_;
    Outline outline_;
};

}  // namespace

Outline outline(const Plan& plan, const Snapshot& snapshot) {
    return OutlineMaker{plan, snapshot}.make();
}

}  // namespace weft
