// Answers a composed route: runs its plan against the HTTP upstreams, until the route's deadline
// and as long as the client is there.
#pragma once

#include <memory>

#include "app/upstreams.hpp"
#include "async/timers.hpp"
#include "http/exchange.hpp"
#include "plan/route_table.hpp"
#include "plan/snapshot.hpp"

namespace weft {

class ComposeHandler {
  public:
    // `upstreams` and `timers` outlive the handler.
    ComposeHandler(
        std::shared_ptr<const Snapshot> snapshot, const Upstreams& upstreams, Timers& timers
    )
        : snapshot_{std::move(snapshot)}, upstreams_{upstreams}, timers_{timers} {}

    // `matched` is of a route with a ComposePlan.
    Awaitable<Answer> handle(Request& request, const Matched& matched) const;

  private:
    std::shared_ptr<const Snapshot> snapshot_;
    const Upstreams& upstreams_;
    Timers& timers_;
};

}  // namespace weft
