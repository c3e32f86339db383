#include "chaos/harness/crowd.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

namespace weft {

using Clock = std::chrono::steady_clock;

std::string Tally::text() const {
    std::string text;
    for (const auto& [status, times] : statuses) {
        if (!text.empty()) text += ", ";
        text += std::to_string(status) + ": " + std::to_string(times);
    }
    return text;
}

Tally Crowd::ask(std::size_t requests) {
    begin(next_ + requests);
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    next_ = limit_.load();
    return std::exchange(tally_, {});
}

void Crowd::start() { begin(std::numeric_limits<std::size_t>::max()); }

Tally Crowd::stop() {
    limit_ = 0;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    return std::exchange(tally_, {});
}

void Crowd::begin(std::size_t limit) {
    limit_ = limit;
    for (int i = 0; i < clients_; ++i) threads_.emplace_back([this] { work(); });
}

void Crowd::work() {
    std::optional<Connection> connection;
    for (std::size_t number = next_++; number < limit_; number = next_++) {
        const auto began = Clock::now();
        int status = 0;
        try {
            if (!connection) connection.emplace(Connection::to(port_));
            const auto answer = ask_on(*connection, request_(number));
            status = answer.status();
            if (answer.field("connection") == "close") connection.reset();
        } catch (const std::exception&) {
            connection.reset();
        }
        count(status, began);
    }
}

void Crowd::count(int status, Clock::time_point began) {
    const auto now = Clock::now();
    const std::lock_guard lock{mutex_};
    ++tally_.asked;
    ++tally_.statuses[status];
    tally_.slowest = std::max(tally_.slowest, now - began);
    if (status != 200) tally_.failed_at.push_back(now);
    changed_.notify_all();
}

std::size_t Crowd::answers() {
    const std::lock_guard lock{mutex_};
    return tally_.asked;
}

bool Crowd::wait_for_answers(std::size_t count) {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, 2 * patience, [&] { return tally_.asked >= count; });
}

}  // namespace weft
