#include "app/admission.hpp"

namespace weft {
namespace {

// A failure that comes fast says nothing about how long the work takes.
constexpr bool tells_latency(std::uint16_t status) noexcept {
    constexpr std::uint16_t timed_out = 504;
    return status < 500 || status == timed_out;
}

}  // namespace

bool RouteLoad::is_full() noexcept {
    if (in_work_ < limit_.value()) return false;
    limit_.reached();
    return true;
}

void InWork::answered(std::uint16_t status, TimePoint now) noexcept {
    if (tells_latency(status)) load_.limit_.answered(began_, now, load_.in_work_);
}

bool Admission::admits(RouteLoad& load) noexcept {
    if (counters_.requests_in_work() > ceiling_ + waiting_) {
        counters_.refused(Refusal::in_flight);
        return false;
    }
    if (load.is_full()) {
        counters_.refused(Refusal::latency);
        return false;
    }
    return true;
}

}  // namespace weft
