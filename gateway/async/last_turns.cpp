#include "async/last_turns.hpp"

#include <boost/asio/post.hpp>
#include <vector>

namespace weft {

void LastTurns::add(Handler&& handler) {
    waiting_.push_back(std::move(handler));
    if (!comes_) come();
}

void LastTurns::come() {
    comes_ = true;
    asio::post(executor_, [this] { go_on(); });
}

// Whoever goes on may wait again, and the last one may destroy this.
void LastTurns::go_on() {
    std::vector<Handler> turn;
    turn.reserve(turns_at_once);
    while (turn.size() < turns_at_once && !waiting_.empty()) {
        turn.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    comes_ = false;
    if (!waiting_.empty()) come();
    for (Handler& handler : turn) std::move(handler)();
}

}  // namespace weft
