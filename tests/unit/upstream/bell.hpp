// Has something done in the middle of a turn of the event loop.
#pragma once

#include <gtest/gtest.h>
#include <sys/eventfd.h>

#include <functional>
#include <utility>

#include "async/descriptor.hpp"
#include "async/socket_events.hpp"

namespace weft {

// Rings once, as an event like those of sockets.
class Bell final : public SocketWatcher {
  public:
    Bell(asio::io_context& context, std::function<void()> rung)
        : events_{asio::use_service<SocketEvents>(context)}, rung_{std::move(rung)} {
        EXPECT_FALSE(events_.watch(bell_.number(), *this));
    }
    ~Bell() { events_.forget(*this); }

    void on_event(const SocketEvent&) override { rung_(); }

  private:
    SocketEvents& events_;
    const Descriptor bell_{::eventfd(1, EFD_NONBLOCK)};
    const std::function<void()> rung_;
};

}  // namespace weft
