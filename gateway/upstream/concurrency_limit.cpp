#include "upstream/concurrency_limit.hpp"

#include <utility>

namespace weft {

void Slot::release() {
    if (const auto limit = std::exchange(of_, {}).lock()) limit->give_back();
}

std::optional<Slot> ConcurrencyLimit::take() {
    if (taken_ >= limit_) return std::nullopt;
    ++taken_;
    return Slot{weak_from_this()};
}

void ConcurrencyLimit::give_back() {
    const auto next = queue_.pop();
    if (next == nullptr) {
        --taken_;
    } else {
        next->on_slot(Slot{weak_from_this()});
    }
}

}  // namespace weft
