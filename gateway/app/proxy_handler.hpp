// Answers a pass-through route: one exchange, bodies streamed both ways, bytes untouched.
#pragma once

#include <vector>

#include "app/generation.hpp"
#include "http/exchange.hpp"
#include "plan/route_table.hpp"

namespace weft {

class ProxyHandler {
  public:
    // `timers` outlive the handler and what it returns.
    explicit ProxyHandler(Timers& timers) : timers_{timers} {}

    // `plan` is that of a route of `generation`, its work a ProxyPlan. What is returned holds the
    // generation.
    Awaitable<Answer> handle(
        Request& request,
        const Plan& plan,
        std::vector<PathParameter> parameters,
        GenerationPointer generation
    ) const;

  private:
    Timers& timers_;
};

// What the service is asked for: the plan's segments with the client's own, as they were sent and
// checked, and the client's query.
std::string proxied_target(const ProxyPlan& plan, const Request& request, const Matched& matched);

}  // namespace weft
