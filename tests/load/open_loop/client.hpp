// Sends requests when the schedule says so, over as many connections as that takes, up to a limit.
// One thread.
#pragma once

#include <netinet/in.h>

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "load/open_loop/connection.hpp"
#include "load/open_loop/schedule.hpp"
#include "load/open_loop/tally.hpp"

namespace weft::open_loop {

struct Options {
    sockaddr_in server{};
    std::string authority{};
    std::string target{};  // "{n}" in it is 1, 2, ... `ids`, and again
    std::uint64_t ids = 1000;
    std::vector<std::string> headers{};  // "Name: value"
    std::vector<Phase> phases{};
    Arrivals arrivals = Arrivals::even;
    std::size_t connections = 1000;  // a request that finds none free waits, and is sent late
    std::chrono::milliseconds timeout{5000};  // from the intended start
    bool watch = false;                       // every core, for standstills
};

class Client {
  public:
    explicit Client(Options options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Runs all phases; the tallies, one for each. Throws std::system_error.
    std::vector<Tally> run();

  private:
    struct Deadline {
        TimePoint at;
        Connection* connection;
        std::uint64_t number;
    };

    void start_due();
    Connection* free_connection();
    void send(Connection& connection, const Start& start);
    std::string request_bytes();
    void give_up_late();
    void wait();
    void on_event(Connection& connection);
    void put_back(Connection& connection);
    TimePoint next_turn() const;
    bool finished() const;

    const Options options_;
    Schedule schedule_;
    std::vector<Tally> tallies_;
    std::optional<Start> next_;
    TimePoint begun_{};
    int epoll_;
    int timer_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<Connection*> idle_;    // open; the back was used last
    std::vector<Connection*> closed_;  // to be opened again
    std::deque<Deadline> deadlines_;   // in the order of sending; some have been met
    std::size_t in_work_ = 0;
    std::uint64_t asked_ = 0;
};

}  // namespace weft::open_loop
