// When requests are meant to start, whatever has become of those before: what makes a loop open.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace weft::open_loop {

using Duration = std::chrono::steady_clock::duration;
using TimePoint = std::chrono::steady_clock::time_point;

struct Phase {
    double rate = 0;  // requests/s
    double seconds = 0;
};

enum class Arrivals : std::uint8_t {
    even,
    random,  // Poisson: as of many clients that know nothing of each other
};

struct Start {
    Duration at{};  // since the beginning of the first phase
    std::size_t phase = 0;
};

class Schedule {
  public:
    Schedule(std::vector<Phase> phases, Arrivals arrivals);

    // Each start once, in order; nothing after the last phase. The same in every run.
    std::optional<Start> next();

  private:
    double gap();  // seconds to the next start

    std::vector<Phase> phases_;
    Arrivals arrivals_;
    std::mt19937_64 random_{1};
    std::exponential_distribution<double> gaps_{1.0};
    std::size_t phase_ = 0;
    double begun_ = 0;  // of the phase, seconds
    double in_phase_ = 0;
};

}  // namespace weft::open_loop
