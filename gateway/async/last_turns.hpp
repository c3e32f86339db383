// What is done behind everything else that an event loop has to do.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/deferred.hpp>
#include <cstddef>
#include <deque>
#include <utility>

#include "async/types.hpp"

namespace weft {

// Coroutines that may wait, as those that refuse: a few of them go on in each turn of the loop, in
// the order in which they came, so that a crowd of them does not keep others waiting.
class LastTurns {
  public:
    static constexpr std::size_t turns_at_once = 8;

    explicit LastTurns(Executor executor) : executor_{executor} {}
    LastTurns(const LastTurns&) = delete;
    LastTurns& operator=(const LastTurns&) = delete;

    // To be awaited in the statement that makes it.
    auto wait() {
        const auto keep = [this](Handler&& handler) { add(std::move(handler)); };
        return asio::async_initiate<const asio::deferred_t, void()>(keep, asio::deferred);
    }

  private:
    // What wakes a coroutine that awaits a deferred operation; Asio 1.81 has no other name for it.
    using Handler = asio::detail::awaitable_async_op_handler<void(), Executor>;

    void add(Handler&& handler);
    void come();
    void go_on();

    Executor executor_;
    std::deque<Handler> waiting_;
    bool comes_ = false;  // the turn of those that wait
};

}  // namespace weft
