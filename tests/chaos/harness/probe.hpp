// A good client among bad ones: it asks ten times a second, each time on a new connection, and
// wants every answer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace weft {

struct Probed {
    std::size_t asked = 0;
    std::size_t failed = 0;  // anything but 200
    std::chrono::microseconds median{0};
    std::chrono::microseconds p99{0};

    std::string text() const;
};

class Probe {
  public:
    Probe(std::uint16_t port, std::string target);
    ~Probe();
    Probe(const Probe&) = delete;
    Probe& operator=(const Probe&) = delete;

    // Until it has asked so many times at least.
    Probed stop_after(std::size_t asked);

  private:
    void ask_on_and_on();
    void ask();
    void stop();

    const std::uint16_t port_;
    const std::string target_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    bool stopped_ = false;
    std::vector<std::chrono::microseconds> latencies_;
    std::size_t failed_ = 0;
    std::thread thread_;
};

}  // namespace weft
