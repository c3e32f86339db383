// Answers a pass-through route: one exchange, bodies streamed both ways, bytes untouched.
#pragma once

#include "app/upstreams.hpp"
#include "http/exchange.hpp"
#include "plan/route_table.hpp"
#include "plan/snapshot.hpp"

namespace weft {

class ProxyHandler {
  public:
    // All of them outlive the handler and what it returns.
    ProxyHandler(const Snapshot& snapshot, const Upstreams& upstreams, Timers& timers)
        : snapshot_{snapshot}, upstreams_{upstreams}, timers_{timers} {}

    // `matched` is of a route with a ProxyPlan.
    Awaitable<Answer> handle(Request& request, const Matched& matched) const;

  private:
    const Snapshot& snapshot_;
    const Upstreams& upstreams_;
    Timers& timers_;
};

// What the service is asked for: the plan's segments with the client's own, as they were sent and
// checked, and the client's query.
std::string proxied_target(const ProxyPlan& plan, const Request& request, const Matched& matched);

}  // namespace weft
