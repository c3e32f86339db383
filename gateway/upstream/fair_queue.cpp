#include "upstream/fair_queue.hpp"

#include <algorithm>
#include <utility>

namespace weft {

bool FairQueue::push(const void* request, std::shared_ptr<SlotWaiter> waiter) {
    auto line = std::ranges::find(lines_, request, &Line::request);
    if (line == lines_.end()) {
        if (lines_.size() >= most_requests_) return false;
        lines_.push_back({request, {}});
        line = std::prev(lines_.end());
    }
    line->waiters.push_back(std::move(waiter));
    ++size_;
    return true;
}

std::shared_ptr<SlotWaiter> FairQueue::pop() {
    if (lines_.empty()) return nullptr;
    Line line = std::move(lines_.front());
    lines_.pop_front();
    auto first = std::move(line.waiters.front());
    line.waiters.pop_front();
    if (!line.waiters.empty()) lines_.push_back(std::move(line));
    --size_;
    return first;
}

void FairQueue::remove(const SlotWaiter& waiter) noexcept {
    for (Line& line : lines_) {
        size_ -= std::erase_if(line.waiters, [&](const auto& it) { return it.get() == &waiter; });
    }
    std::erase_if(lines_, [](const Line& line) { return line.waiters.empty(); });
}

}  // namespace weft
