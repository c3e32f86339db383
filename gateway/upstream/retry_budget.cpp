#include "upstream/retry_budget.hpp"

#include <algorithm>

namespace weft {
namespace {

double seconds(Duration duration) { return std::chrono::duration<double>{duration}.count(); }

}  // namespace

void RetryBudget::call_started() noexcept { earned_ = std::min(earned_ + share, most_saved); }

bool RetryBudget::take(TimePoint now) noexcept {
    if (last_ == TimePoint::min()) {
        allowed_ = per_second;
    } else {
        allowed_ = std::min(allowed_ + per_second * seconds(now - last_), per_second);
    }
    last_ = now;
    // What ten calls have earned is one; sums of tenths are a little less.
    constexpr double one = 1 - 1e-9;
    if (earned_ < one && allowed_ < one) return false;
    // From both: what time allows is no addition to the share of the calls, it comes in advance.
    earned_ = std::max(earned_ - 1, -per_second);
    allowed_ = std::max(allowed_ - 1, 0.0);
    return true;
}

}  // namespace weft
