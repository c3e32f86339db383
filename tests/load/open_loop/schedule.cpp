#include "load/open_loop/schedule.hpp"

#include <utility>

namespace weft::open_loop {

Schedule::Schedule(std::vector<Phase> phases, Arrivals arrivals)
    : phases_{std::move(phases)}, arrivals_{arrivals} {}

double Schedule::gap() {
    const double mean = 1 / phases_[phase_].rate;
    return arrivals_ == Arrivals::even ? mean : mean * gaps_(random_);
}

std::optional<Start> Schedule::next() {
    constexpr double rounding = 1e-9;  // of the sums, seconds
    while (phase_ < phases_.size() && in_phase_ >= phases_[phase_].seconds - rounding) {
        begun_ += phases_[phase_].seconds;
        in_phase_ = 0;
        ++phase_;
    }
    if (phase_ == phases_.size()) return std::nullopt;
    const std::chrono::duration<double> at{begun_ + in_phase_};
    in_phase_ += gap();
    return Start{std::chrono::duration_cast<Duration>(at), phase_};
}

}  // namespace weft::open_loop
