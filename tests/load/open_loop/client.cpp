#include "load/open_loop/client.hpp"

#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace weft::open_loop {
namespace {

using Clock = std::chrono::steady_clock;

int checked(int result, const char* what) {
    if (result < 0) throw std::system_error{errno, std::generic_category(), what};
    return result;
}

// epoll_wait itself counts in milliseconds, which is too coarse for a schedule.
void set_timer(int timer, TimePoint when) {
    const auto since = when.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    itimerspec at{};
    at.it_value.tv_sec = seconds.count();
    at.it_value.tv_nsec = std::chrono::nanoseconds{since - seconds}.count();
    checked(::timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, nullptr), "timerfd_settime");
}

}  // namespace

Client::Client(Options options)
    : options_{std::move(options)},
      schedule_{options_.phases, options_.arrivals},
      tallies_(options_.phases.size()),
      epoll_{checked(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")},
      timer_{checked(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK), "timerfd")} {
    epoll_event event{EPOLLIN | EPOLLET, {.ptr = nullptr}};
    checked(::epoll_ctl(epoll_, EPOLL_CTL_ADD, timer_, &event), "epoll_ctl");
}

Client::~Client() {
    connections_.clear();
    ::close(timer_);
    ::close(epoll_);
}

std::vector<Tally> Client::run() {
    next_ = schedule_.next();
    begun_ = Clock::now();
    while (!finished()) {
        start_due();
        give_up_late();
        wait();
    }
    return std::move(tallies_);
}

bool Client::finished() const { return !next_ && in_work_ == 0; }

void Client::start_due() {
    const TimePoint now = Clock::now();
    while (next_ && begun_ + next_->at <= now) {
        if (now - (begun_ + next_->at) > options_.timeout) {
            tallies_[next_->phase].failed();
        } else {
            Connection* const connection = free_connection();
            if (connection == nullptr) return;
            send(*connection, *next_);
        }
        next_ = schedule_.next();
    }
}

Connection* Client::free_connection() {
    for (auto* const list : {&idle_, &closed_}) {
        if (list->empty()) continue;
        Connection* const connection = list->back();
        list->pop_back();
        return connection;
    }
    if (connections_.size() == options_.connections) return nullptr;
    return connections_.emplace_back(std::make_unique<Connection>(epoll_)).get();
}

std::string Client::request_bytes() {
    std::string target = options_.target;
    if (const auto at = target.find("{n}"); at != std::string::npos) {
        target.replace(at, 3, std::to_string(asked_ % options_.ids + 1));
    }
    ++asked_;
    std::string bytes = "GET " + target + " HTTP/1.1\r\nHost: " + options_.authority + "\r\n";
    for (const auto& header : options_.headers) bytes += header + "\r\n";
    return bytes + "\r\n";
}

void Client::send(Connection& connection, const Start& start) {
    const TimePoint intended = begun_ + start.at;
    const TimePoint now = Clock::now();
    tallies_[start.phase].sent(now - intended);
    ++in_work_;
    connection.ask(options_.server, request_bytes(), {intended, now, start.phase});
    deadlines_.push_back({intended + options_.timeout, &connection, connection.number()});
}

void Client::give_up_late() {
    const TimePoint now = Clock::now();
    while (!deadlines_.empty()) {
        const Deadline& deadline = deadlines_.front();
        Connection& connection = *deadline.connection;
        const bool met = !connection.busy() || connection.number() != deadline.number;
        if (!met && deadline.at > now) return;
        if (!met) {
            connection.close();
            tallies_[connection.request().phase].failed();
            put_back(connection);
        }
        deadlines_.pop_front();
    }
}

TimePoint Client::next_turn() const {
    auto turn = TimePoint::max();
    // A request that waits for a connection is woken by one.
    const bool can_send =
        !idle_.empty() || !closed_.empty() || connections_.size() < options_.connections;
    if (next_ && can_send) turn = begun_ + next_->at;
    if (!deadlines_.empty()) turn = std::min(turn, deadlines_.front().at);
    return turn;
}

void Client::wait() {
    if (finished()) return;
    std::array<epoll_event, 256> events;
    const TimePoint turn = next_turn();
    const bool due = turn <= Clock::now();
    if (!due) set_timer(timer_, turn);
    const int count = ::epoll_wait(epoll_, events.data(), events.size(), due ? 0 : -1);
    if (count < 0 && errno != EINTR) checked(count, "epoll_wait");
    for (int i = 0; i < count; ++i) {
        auto* const connection =
            static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr);
        if (connection != nullptr) on_event(*connection);
    }
}

void Client::on_event(Connection& connection) {
    switch (connection.proceed()) {
        case Progress::waiting:
            return;
        case Progress::answered: {
            Tally& tally = tallies_[connection.request().phase];
            tally.answered(connection.take_answer(Clock::now()));
            put_back(connection);
            return;
        }
        case Progress::failed:
            tallies_[connection.request().phase].failed();
            put_back(connection);
            return;
        case Progress::idle_ended:
            std::erase(idle_, &connection);
            closed_.push_back(&connection);
            return;
    }
}

void Client::put_back(Connection& connection) {
    --in_work_;
    connection.forget_request();
    (connection.open() ? idle_ : closed_).push_back(&connection);
}

}  // namespace weft::open_loop
