#include "upstream/ejection.hpp"

#include <algorithm>
#include <utility>

namespace weft {

Ejection::Ejection(std::size_t instances, Jitter jitter)
    : instances_(instances), jitter_{std::move(jitter)} {}

void Ejection::ended(std::size_t instance, Verdict verdict, TimePoint now) {
    Instance& it = instances_[instance];
    // Calls that were under way when it was taken out say nothing new.
    if (verdict == Verdict::none || is_out(instance, now)) return;
    if (verdict == Verdict::good) {
        it = {};
        return;
    }
    if (++it.failures < failures) return;
    const auto out = std::ranges::count_if(instances_, [now](const Instance& other) {
        return other.out_until > now;
    });
    if (static_cast<std::size_t>(out) + 1 > instances_.size() / 2) return;
    // Up to a quarter shorter, so that workers do not come back all at once.
    const double part = 1 - jitter_() / 4;
    it.out_until =
        now + std::chrono::duration_cast<Duration>(std::chrono::duration<double>{it.next} * part);
    it.next = std::min(it.next * 2, longest);
    // The first answer after that decides.
    it.failures = failures - 1;
}

}  // namespace weft
