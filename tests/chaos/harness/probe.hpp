// A good client among bad ones: it asks ten times a second, each time on a new connection, and
// wants every answer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "standstills.hpp"

namespace weft {

struct Probed {
    std::size_t asked = 0;
    std::size_t failed = 0;     // anything but 200
    std::size_t disturbed = 0;  // asked while a core stood still, and not in what follows
    std::chrono::microseconds median{0};
    std::chrono::microseconds p99{0};

    std::string text() const;
};

class Probe {
  public:
    enum class Machine : std::uint8_t { unwatched, watched };

    // A watched machine's standstills are told apart (StandstillWatch).
    Probe(std::uint16_t port, std::string target, Machine machine);
    ~Probe();
    Probe(const Probe&) = delete;
    Probe& operator=(const Probe&) = delete;

    // Until it has asked so many times at least.
    Probed stop_after(std::size_t asked);

  private:
    struct Asked {
        std::chrono::steady_clock::time_point from;
        std::chrono::steady_clock::time_point until;
    };

    void ask_on_and_on();
    void ask();
    void stop();

    const std::uint16_t port_;
    const std::string target_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    bool stopped_ = false;
    std::vector<Asked> asked_;
    std::size_t failed_ = 0;
    std::optional<StandstillWatch> watch_;
    std::thread thread_;
};

}  // namespace weft
