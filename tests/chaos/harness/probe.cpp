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
           std::to_string(median.count()) + " us, p99 " + std::to_string(p99.count()) + " us (" +
           std::to_string(disturbed) + " left out: a core stood still)";
}

Probe::Probe(std::uint16_t port, std::string target, Machine machine)
    : port_{port}, target_{std::move(target)} {
    if (machine == Machine::watched) watch_.emplace();
    thread_ = std::thread{[this] { ask_on_and_on(); }};
}

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
    const auto ended = Clock::now();
    const std::lock_guard lock{mutex_};
    asked_.push_back({began, ended});
    if (status != 200) ++failed_;
    changed_.notify_all();
}

Probed Probe::stop_after(std::size_t asked) {
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return asked_.size() >= asked; });
    }
    stop();
    const Standstills standstills = watch_ ? watch_->seen() : Standstills{};
    std::vector<std::chrono::microseconds> latencies;
    for (const Asked& each : asked_) {
        if (standstills.touch(each.from, each.until)) continue;
        latencies.push_back(
            std::chrono::duration_cast<std::chrono::microseconds>(each.until - each.from)
        );
    }
    std::ranges::sort(latencies);
    const auto at = [&](double part) {
        if (latencies.empty()) return std::chrono::microseconds::max();
        return latencies[static_cast<std::size_t>(
            part * static_cast<double>(latencies.size() - 1)
        )];
    };
    return {asked_.size(), failed_, asked_.size() - latencies.size(), at(0.5), at(0.99)};
}

}  // namespace weft
