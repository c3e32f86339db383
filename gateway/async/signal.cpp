#include "async/signal.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>

namespace weft {

Awaitable<void> Signal::wait() {
    if (std::exchange(notified_, false)) co_return;
    const auto keep = [this](Handler&& handler) { waiting_.emplace(std::move(handler)); };
    co_await asio::async_initiate<const asio::deferred_t, void()>(keep, asio::deferred);
}

void Signal::notify() {
    if (!waiting_) {
        notified_ = true;
        return;
    }
    Handler handler = std::move(*waiting_);
    waiting_.reset();
    asio::post(executor_, std::move(handler));
}

}  // namespace weft
