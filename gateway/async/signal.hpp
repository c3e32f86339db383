// One coroutine waits, something else wakes it: the bridge from callbacks to coroutines on one
// thread. Allocates nothing.
#pragma once

#include <boost/asio/awaitable.hpp>
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
    // What wakes a coroutine that awaits a deferred operation; Asio 1.81 has no other name for it.
    using Handler = asio::detail::awaitable_async_op_handler<void(), Executor>;

    Executor executor_;
    std::optional<Handler> waiting_;
    bool notified_ = false;
};

}  // namespace weft
