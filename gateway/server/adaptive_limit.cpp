#include "server/adaptive_limit.hpp"

#include <algorithm>
#include <cmath>

namespace weft {
namespace {

constexpr std::size_t least_answers = 50;  // of a window
constexpr std::chrono::milliseconds shortest_window{100};
constexpr std::chrono::seconds measured_each{5};
constexpr double tolerance = 1.2;  // a latency of so many times the undisturbed one is fine
constexpr double steepest = 0.5;   // of the limit is left by one window
constexpr double while_measuring = 2.0 / 3;  // below what is served at once, in an overload
constexpr int falling = 8;                   // the undisturbed latency follows a lower one by 1/8

}  // namespace

AdaptiveLimit::AdaptiveLimit(Bounds bounds) noexcept
    : bounds_{bounds}, limit_{static_cast<double>(bounds.most)} {}

std::size_t AdaptiveLimit::value() const noexcept {
    const double limit = measuring_ ? limit_ * while_measuring : limit_;
    return std::max<std::size_t>(static_cast<std::size_t>(limit), 1);
}

// A request that began before the window was admitted by another limit, so it says nothing about
// this one.
void AdaptiveLimit::answered(TimePoint began, TimePoint now, std::size_t in_work) noexcept {
    if (began < window_began_) return;
    sum_ += now - began;
    ++answered_;
    most_in_work_ = std::max(most_in_work_, in_work);
    if (answered_ < least_answers || now - window_began_ < shortest_window) return;
    // Zero is what is not known.
    const Duration mean = sum_ / static_cast<Duration::rep>(answered_);
    close_window(std::max(mean, Duration{1}), now);
    window_began_ = now;
    sum_ = {};
    answered_ = 0;
    most_in_work_ = 0;
}

void AdaptiveLimit::close_window(Duration mean, TimePoint now) noexcept {
    if (measuring_ || most_in_work_ <= bounds_.least) {
        undisturbed_ = mean;
        measured_ = now;
        measuring_ = reached_ = false;
        return;
    }
    if (undisturbed_ == Duration::zero()) {
        undisturbed_ = mean;
        measured_ = now;
    }
    if (mean < undisturbed_) undisturbed_ -= (undisturbed_ - mean) / falling;
    adapt(mean);
    measuring_ = reached_ && now - measured_ >= measured_each;
}

void AdaptiveLimit::adapt(Duration mean) noexcept {
    using Seconds = std::chrono::duration<double>;
    const double ratio = Seconds{undisturbed_} / Seconds{mean};
    const double gradient = std::clamp(tolerance * ratio, steepest, 1.0);
    const auto in_work = static_cast<double>(most_in_work_);
    // It grows only while it is used.
    if (gradient == 1.0 && in_work < limit_ / 2) return;
    const double from = gradient < 1.0 ? std::min(limit_, in_work) : limit_;
    limit_ = std::clamp(
        from * gradient + std::sqrt(from),
        static_cast<double>(bounds_.least),
        static_cast<double>(bounds_.most)
    );
}

}  // namespace weft
