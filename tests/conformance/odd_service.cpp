#include "conformance/odd_service.hpp"

#include <exception>
#include <utility>

#include "integration/harness/scripted_service.hpp"

namespace weft::conformance {

OddService::OddService() : service_{[this](Connection& connection) { converse(connection); }} {}

void OddService::play(Play play) {
    const std::lock_guard lock{mutex_};
    play_ = std::move(play);
}

OddService::ConnectionNumber OddService::connection_of_case() const {
    const std::lock_guard lock{mutex_};
    return case_at_;
}

OddService::ConnectionNumber OddService::connection_of_clean_request() const {
    const std::lock_guard lock{mutex_};
    return clean_at_;
}

bool OddService::wait_for_end_of(ConnectionNumber connection) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, patience, [&] { return ended_.contains(connection); });
}

void OddService::converse(Connection& connection) {
    ConnectionNumber number = 0;
    {
        const std::lock_guard lock{mutex_};
        number = ++connections_;
        open_[number] = &connection;
    }
    while (const auto request = connection.read_message()) {
        if (!answer(*request, connection, number)) break;
    }
    const std::lock_guard lock{mutex_};
    open_.erase(number);
    ended_.insert(number);
    changed_.notify_all();
}

void OddService::say_on(ConnectionNumber connection, const std::string& bytes) {
    const std::lock_guard lock{mutex_};
    open_.at(connection)->send(bytes);
}

bool OddService::answer(const Message& request, Connection& connection, ConnectionNumber number) {
    const std::string clean = "/clean/";
    const auto target = request.target();
    Play play;
    {
        const std::lock_guard lock{mutex_};
        (target.starts_with(clean) ? clean_at_ : case_at_) = number;
        play = play_;
    }
    if (target.starts_with(clean)) {
        return connection.send(json_answer(R"({"id":")" + target.substr(clean.size()) + "\"}"));
    }
    // The gateway may have seen enough before all is sent.
    connection.send(play.bytes);
    if (play.then == Then::close) connection.close();
    if (play.then == Then::reset) connection.reset();
    return play.then == Then::open || play.then == Then::silence;
}

}  // namespace weft::conformance
