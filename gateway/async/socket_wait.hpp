// What a coroutine awaits while its socket is not ready: without a coroutine of its own, which
// awaiting with use_awaitable makes, and without memory.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>

#include "async/types.hpp"

namespace weft {

enum class Waited : std::uint8_t { ready, interrupted };

// At most one coroutine waits. Destroyed with it if it still does.
class SocketWait {
  public:
    // To be awaited in the statement that makes it.
    auto wait() {
        const auto keep = [this](Handler&& handler) {
            assert(!waiting_);
            waiting_.emplace(std::move(handler));
        };
        return asio::async_initiate<const asio::deferred_t, void(Waited)>(keep, asio::deferred);
    }

    bool waits() const noexcept { return waiting_.has_value(); }
    // Whoever waits goes on inside this call, and may destroy this.
    void end(Waited waited) {
        if (waiting_) take()(waited);
    }
    // ... goes on when the event loop comes to it.
    void end_later(const Executor& executor, Waited waited) {
        if (!waiting_) return;
        asio::post(executor, [handler = take(), waited]() mutable { std::move(handler)(waited); });
    }

  private:
    // What wakes a coroutine that awaits a deferred operation; Asio 1.81 has no other name for it.
    using Handler = asio::detail::awaitable_async_op_handler<void(Waited), Executor>;

    Handler take() {
        Handler handler = std::move(*waiting_);
        waiting_.reset();
        return handler;
    }

    std::optional<Handler> waiting_;
};

}  // namespace weft
