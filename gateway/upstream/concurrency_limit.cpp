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

bool ConcurrencyLimit::wait(const void* request, std::shared_ptr<SlotWaiter> waiter) {
    const bool waits = queue_.push(request, std::move(waiter));
    waiting_.set(queue_.size());
    return waits;
}

void ConcurrencyLimit::leave(const SlotWaiter& waiter) noexcept {
    queue_.remove(waiter);
    waiting_.set(queue_.size());
}

void ConcurrencyLimit::give_back() {
    const auto next = queue_.pop();
    waiting_.set(queue_.size());
    if (next == nullptr) {
        --taken_;
    } else {
        next->on_slot(Slot{weak_from_this()});
    }
}

}  // namespace weft
