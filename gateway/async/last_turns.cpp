#include "async/last_turns.hpp"

#include <boost/asio/post.hpp>

namespace weft {

void LastTurns::add(Handler&& handler) {
    waiting_.push_back(std::move(handler));
    if (!comes_) come();
}

void LastTurns::come() {
    comes_ = true;
    asio::post(executor_, [this] { go_on(); });
}

// Whoever goes on may wait again.
void LastTurns::go_on() {
    for (int count = 0; count < turns_at_once && !waiting_.empty(); ++count) {
        Handler handler = std::move(waiting_.front());
        waiting_.pop_front();
        std::move(handler)();
    }
    comes_ = false;
    if (!waiting_.empty()) come();
}

}  // namespace weft
