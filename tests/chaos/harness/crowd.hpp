// Clients that ask on kept connections, as fast as they are answered, and count what they get.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "integration/harness/ask.hpp"

namespace weft {

struct Tally {
    std::size_t asked = 0;
    std::map<int, std::size_t> statuses;                           // 0: no whole answer came
    std::vector<std::chrono::steady_clock::time_point> failed_at;  // all but 200
    std::chrono::steady_clock::duration slowest{0};                // of all answers

    std::size_t failures() const { return failed_at.size(); }
    // As `200: 9998, 502: 2`.
    std::string text() const;
};

class Crowd {
  public:
    using Request = std::function<Asked(std::size_t number)>;

    Crowd(std::uint16_t port, int clients, Request request)
        : port_{port}, clients_{clients}, request_{std::move(request)} {}
    Crowd(std::uint16_t port, int clients, std::string target)
        : Crowd{port, clients, [target = std::move(target)](std::size_t) {
                    return Asked{.target = target};
                }} {}
    ~Crowd() { stop(); }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    // So many requests by all of them together; what has been counted since the last word.
    Tally ask(std::size_t requests);

    void start();
    Tally stop();
    // Until so many have been answered since start().
    bool wait_for_answers(std::size_t count);
    std::size_t answers();

  private:
    void begin(std::size_t limit);
    void work();
    void count(int status, std::chrono::steady_clock::time_point began);

    const std::uint16_t port_;
    const int clients_;
    const Request request_;
    std::atomic<std::size_t> next_ = 0;
    std::atomic<std::size_t> limit_ = 0;
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    Tally tally_;
    std::vector<std::thread> threads_;
};

}  // namespace weft
