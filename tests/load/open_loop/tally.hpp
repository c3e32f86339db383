// What became of the requests of one phase, and its report: one line of JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "load/open_loop/schedule.hpp"
#include "standstills.hpp"

namespace weft::open_loop {

// Latencies, kept one by one: percentiles are exact.
class Latencies {
  public:
    void add(Duration latency);
    std::size_t count() const noexcept { return microseconds_.size(); }
    // {"p50":...}, milliseconds.
    std::string report();

  private:
    std::vector<std::uint32_t> microseconds_;
};

struct Answered {
    int status = 0;
    bool retry_after = false;
    TimePoint intended{};
    TimePoint sent{};  // later than intended by what the client was late by itself
    TimePoint received{};
};

class Tally {
  public:
    // Sending later than this is the client's own fault, and is told.
    static constexpr std::chrono::milliseconds late{1};

    void sent(Duration lateness);
    void answered(const Answered& answer);
    // No whole answer, or none in time.
    void failed() noexcept { ++failed_; }

    std::string report(const Phase& phase, const Standstills& standstills);

  private:
    Latencies ok_;       // 2xx
    Latencies refused_;  // 503
    std::vector<Answered> refusals_;
    std::uint64_t others_ = 0;
    std::uint64_t failed_ = 0;
    std::uint64_t without_retry_after_ = 0;  // of the refused
    std::uint64_t sent_ = 0;
    std::uint64_t late_ = 0;
    Duration latest_{};
};

}  // namespace weft::open_loop
