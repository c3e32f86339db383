#include "http_service/growing_pool.hpp"

#include <utility>

namespace stub {

void GrowingPool::enqueue(std::function<void()> task) {
    const std::lock_guard lock{mutex_};
    waiting_.push_back(std::move(task));
    if (idle_ < waiting_.size() && threads_.size() < limit_) {
        threads_.emplace_back([this] { work(); });
    }
    changed_.notify_one();
}

void GrowingPool::shutdown() {
    {
        const std::lock_guard lock{mutex_};
        ending_ = true;
        changed_.notify_all();
    }
    for (auto& thread : threads_) thread.join();
}

void GrowingPool::work() {
    std::unique_lock lock{mutex_};
    for (;;) {
        ++idle_;
        changed_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) return;
        const auto task = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        task();
        lock.lock();
    }
}

}  // namespace stub
