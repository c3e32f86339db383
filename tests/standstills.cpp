#include "standstills.hpp"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <string>
#include <system_error>
#include <utility>

namespace weft {
namespace {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

constexpr std::chrono::microseconds interval{500};
constexpr std::chrono::milliseconds late{1};

void go_before_all_others(std::thread& thread, long core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(static_cast<std::size_t>(core), &cores);
    int error = ::pthread_setaffinity_np(thread.native_handle(), sizeof cores, &cores);
    const sched_param priority{.sched_priority = ::sched_get_priority_min(SCHED_FIFO)};
    if (error == 0) error = ::pthread_setschedparam(thread.native_handle(), SCHED_FIFO, &priority);
    if (error != 0) {
        throw std::system_error{
            error, std::generic_category(), "watching core " + std::to_string(core)};
    }
}

void wait_until(TimePoint due) {
    const auto since = due.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const timespec at{seconds.count(), std::chrono::nanoseconds{since - seconds}.count()};
    // No test waits here for something to happen: how late this returns is what is measured.
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr);
}

}  // namespace

Standstills::Standstills(std::vector<Standstill> seen) {
    std::ranges::sort(seen, {}, &Standstill::from);
    for (Standstill next : seen) {
        next.until += aftermath * (next.until - next.from);
        if (disturbed_.empty() || disturbed_.back().until < next.from) {
            disturbed_.push_back(next);
        } else {
            disturbed_.back().until = std::max(disturbed_.back().until, next.until);
        }
    }
}

bool Standstills::touch(TimePoint from, TimePoint until) const {
    const auto first = std::ranges::lower_bound(disturbed_, from, {}, &Standstill::until);
    return first != disturbed_.end() && first->from <= until;
}

StandstillWatch::StandstillWatch() {
    const long cores = ::sysconf(_SC_NPROCESSORS_ONLN);
    for (long core = 0; core < cores; ++core) {
        threads_.emplace_back([this] { watch(); });
        try {
            go_before_all_others(threads_.back(), core);
        } catch (...) {
            over_ = true;
            for (std::thread& thread : threads_) thread.join();
            throw;
        }
    }
}

StandstillWatch::~StandstillWatch() {
    over_ = true;
    for (std::thread& thread : threads_) thread.join();
}

void StandstillWatch::watch() {
    while (!over_) {
        const TimePoint due = Clock::now() + interval;
        wait_until(due);
        const TimePoint now = Clock::now();
        if (now - due < late) continue;
        const std::scoped_lock lock{mutex_};
        seen_.push_back({due, now});
    }
}

Standstills StandstillWatch::seen() {
    const std::scoped_lock lock{mutex_};
    return Standstills{seen_};
}

}  // namespace weft
