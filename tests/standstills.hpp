// When the machine stood still. Where a hypervisor takes the cores away, even a thread that goes
// before all others runs late, and what was under way then says nothing about those who were to do
// it.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

namespace weft {

struct Standstill {
    std::chrono::steady_clock::time_point from{};
    std::chrono::steady_clock::time_point until{};
};

class Standstills {
  public:
    // What has gathered in a standstill is worked off in up to this many times as long, by who is
    // asked for four fifths of what it can do.
    static constexpr int aftermath = 4;

    Standstills() = default;
    explicit Standstills(std::vector<Standstill> seen);

    // Whether a part of this time lies in a standstill or its aftermath.
    bool touch(
        std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point until
    ) const;

  private:
    std::vector<Standstill> disturbed_;  // in order, apart from each other
};

// Watches every core from its beginning to its end.
class StandstillWatch {
  public:
    // Throws std::system_error where it may not go before all others (CAP_SYS_NICE).
    StandstillWatch();
    ~StandstillWatch();
    StandstillWatch(const StandstillWatch&) = delete;
    StandstillWatch& operator=(const StandstillWatch&) = delete;

    Standstills seen();

  private:
    void watch();

    std::mutex mutex_;
    std::vector<Standstill> seen_;
    std::atomic<bool> over_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace weft
