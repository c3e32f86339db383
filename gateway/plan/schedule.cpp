#include "plan/schedule.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace weft {
namespace {

// How one step stands once all that it waits for have been looked at.
struct Standing {
    std::uint32_t wave = 0;  // 0: not looked at yet
    milliseconds end{0};
    std::optional<StepIndex> before;  // the slowest of those it waits for
};

class Scheduler {
  public:
    Scheduler(const std::vector<Step>& steps, const std::vector<milliseconds>& times)
        : times_{times}, standings_(steps.size()) {
        waits_.reserve(steps.size());
        for (const Step& step : steps) waits_.push_back(weft::waits_for(step));
    }

    Schedule run() {
        for (std::size_t i = 0; i < standings_.size(); ++i) place(static_cast<StepIndex>(i));
        Schedule schedule;
        for (const Standing& standing : standings_) schedule.waves.push_back(standing.wave);
        const auto last = std::ranges::max_element(standings_, {}, &Standing::end);
        if (last == standings_.end()) return schedule;
        schedule.slowest_time = last->end;
        auto at = std::optional{static_cast<StepIndex>(last - standings_.begin())};
        for (; at; at = standings_[*at].before) schedule.slowest.push_back(*at);
        std::ranges::reverse(schedule.slowest);
        return schedule;
    }

  private:
    // A step is put on the stack again behind what it waits for: a chain may be long.
    void place(StepIndex first) {
        std::vector<StepIndex> open{first};
        while (!open.empty()) {
            const StepIndex step = open.back();
            const std::size_t before = open.size();
            for (const StepIndex other : waits_[step]) {
                if (standings_[other].wave == 0) open.push_back(other);
            }
            if (open.size() > before) continue;
            open.pop_back();
            settle(step);
        }
    }

    void settle(StepIndex step) {
        Standing standing{1, milliseconds{0}, std::nullopt};
        for (const StepIndex other : waits_[step]) {
            standing.wave = std::max(standing.wave, standings_[other].wave + 1);
            const bool is_later = !standing.before || standings_[other].end > standing.end;
            if (!is_later) continue;
            standing.before = other;
            standing.end = standings_[other].end;
        }
        standing.end += times_[step];
        standings_[step] = standing;
    }

    const std::vector<milliseconds>& times_;
    std::vector<std::vector<StepIndex>> waits_;
    std::vector<Standing> standings_;
};

}  // namespace

std::vector<StepIndex> waits_for(const Step& step) {
    std::vector<StepIndex> all = step.feeds;
    all.insert(all.end(), step.waits.begin(), step.waits.end());
    all.insert(all.end(), step.decided_by.begin(), step.decided_by.end());
    std::ranges::sort(all);
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

Schedule schedule(const std::vector<Step>& steps, const std::vector<milliseconds>& times) {
    return Scheduler{steps, times}.run();
}

std::vector<milliseconds> call_times(const std::vector<Step>& steps) {
    std::vector<milliseconds> times;
    times.reserve(steps.size());
    for (const Step& step : steps) times.push_back(step.timeout);
    return times;
}

}  // namespace weft
