// Finds the route of a request and has its plan answer. The outermost handler of every worker.
#pragma once

#include <memory>

#include "app/compose_handler.hpp"
#include "app/proxy_handler.hpp"
#include "app/upstreams.hpp"
#include "async/timers.hpp"
#include "http/exchange.hpp"
#include "plan/snapshot.hpp"

namespace weft {

class Router final : public Handler {
  public:
    // All of them outlive the router and the answers it gives.
    Router(std::shared_ptr<const Snapshot> snapshot, const Upstreams& upstreams, Timers& timers)
        : snapshot_{std::move(snapshot)},
          compose_{snapshot_, upstreams, timers},
          proxy_{*snapshot_, upstreams, timers} {}

    Awaitable<Answer> handle(Request& request) override;

  private:
    std::shared_ptr<const Snapshot> snapshot_;
    ComposeHandler compose_;
    ProxyHandler proxy_;
};

}  // namespace weft
