// One coroutine waits, something else wakes it: the bridge from callbacks to coroutines on one
// thread. Allocates nothing.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <optional>
#include <utility>

#include "async/types.hpp"

namespace weft {

// A wait that follows a notify returns at once; each notify ends at most one wait. At most one
// coroutine waits.
class Signal {
  public:
    explicit Signal(Executor executor) : executor_{executor} {}
    Signal(const Signal&) = delete;
    Signal& operator=(const Signal&) = delete;

    Awaitable<void> wait();
    void notify();

  private:
    using Token = asio::use_awaitable_t<Executor>;
    using Handler = asio::async_result<Token, void()>::handler_type;

    Executor executor_;
    std::optional<Handler> waiting_;
    bool notified_ = false;
};

}  // namespace weft
