// Many connections that do one bad thing, all at the same time: they say something, then drip more
// of it, and take what they are told or not.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace weft {

struct Habit {
    std::string first{};                 // what each connection says at once
    std::string drip{};                  // what it says again and again behind it
    std::chrono::milliseconds every{0};  // 0: as fast as it is taken
    std::size_t drips = SIZE_MAX;        // then `last`, and nothing more
    std::string last{};
    bool reads = true;
    bool resets = false;      // when all is said; else it waits to be closed
    bool comes_back = false;  // on a new connection, when one has ended
};

// Runs on a thread of its own, until it is destroyed.
class HostileCrowd {
  public:
    HostileCrowd(std::uint16_t port, std::size_t connections, Habit habit);
    ~HostileCrowd();
    HostileCrowd(const HostileCrowd&) = delete;
    HostileCrowd& operator=(const HostileCrowd&) = delete;

    // Whether that comes true before patience ends.
    bool wait_for_ended(std::size_t connections) const;
    bool wait_for_sent(std::uint64_t bytes) const;
    bool wait_for_answers(int status, std::size_t count) const;

    std::size_t ended() const;   // connections, by either side
    std::uint64_t sent() const;  // bytes
    std::size_t answers(int status) const;

  private:
    class Member;

    template <class Change>
    void note(Change change);
    std::size_t noted_answers(int status) const;  // with the mutex held

    std::uint16_t port_;
    const Habit habit_;
    std::atomic<bool> stopped_ = false;
    mutable std::mutex mutex_;  // guards what follows
    mutable std::condition_variable changed_;
    std::size_t ended_ = 0;
    std::uint64_t sent_ = 0;
    std::map<int, std::size_t> answers_;  // by status
    boost::asio::io_context context_{1};
    std::list<Member> members_;
    std::thread thread_;
};

}  // namespace weft
