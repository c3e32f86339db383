// Waits for a socket in a coroutine without a coroutine of its own (which awaiting an operation of
// Asio with use_awaitable makes), and without an exception for an error.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <utility>

#include "async/types.hpp"

namespace weft {

// How a wait has ended. A class, because Asio would throw a bare error_code.
class Waited {
  public:
    explicit Waited(const error_code& error) noexcept : error_{error} {}
    const error_code& error() const noexcept { return error_; }

  private:
    error_code error_;
};

// To be awaited in the statement that makes it.
inline auto readiness(Socket& socket, Socket::wait_type what) {
    const auto begin = [&socket, what](auto&& handler) {
        socket.async_wait(
            what,
            [handler = std::forward<decltype(handler)>(handler)](const error_code& error) mutable {
                std::move(handler)(Waited{error});
            }
        );
    };
    return asio::async_initiate<const asio::deferred_t, void(Waited)>(begin, asio::deferred);
}

}  // namespace weft
