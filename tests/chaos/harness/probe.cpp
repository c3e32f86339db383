#include "chaos/harness/probe.hpp"

#include <algorithm>

#include "integration/harness/ask.hpp"

namespace weft {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds pace{100};

}  // namespace

std::string Probed::text() const {
    return std::to_string(asked) + " asked, " + std::to_string(failed) + " failed, median " +
           std::to_string(median.count()) + " us, p99 " + std::to_string(p99.count()) + " us";
}

Probe::Probe(std::uint16_t port, std::string target)
    : port_{port}, target_{std::move(target)}, thread_{[this] { ask_on_and_on(); }} {}

Probe::~Probe() { stop(); }

void Probe::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopped_ = true;
        changed_.notify_all();
    }
    if (thread_.joinable()) thread_.join();
}

void Probe::ask_on_and_on() {
    auto next = Clock::now();
    std::unique_lock lock{mutex_};
    while (!stopped_) {
        lock.unlock();
        ask();
        lock.lock();
        next += pace;
        changed_.wait_until(lock, next, [this] { return stopped_; });
    }
}

void Probe::ask() {
    const auto began = Clock::now();
    int status = 0;
    try {
        status = get(port_, target_).status();
    } catch (const std::exception&) {
        // No answer is a failure like another.
    }
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began);
    const std::lock_guard lock{mutex_};
    latencies_.push_back(took);
    if (status != 200) ++failed_;
    changed_.notify_all();
}

Probed Probe::stop_after(std::size_t asked) {
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return latencies_.size() >= asked; });
    }
    stop();
    std::ranges::sort(latencies_);
    const auto at = [this](double part) {
        return latencies_[static_cast<std::size_t>(
            part * static_cast<double>(latencies_.size() - 1)
        )];
    };
    return {latencies_.size(), failed_, at(0.5), at(0.99)};
}

}  // namespace weft
