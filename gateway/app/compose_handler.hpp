// Answers a composed route: runs its plan against the HTTP upstreams, until the route's deadline
// and as long as the client is there.
#pragma once

#include <vector>

#include "app/generation.hpp"
#include "async/timers.hpp"
#include "http/exchange.hpp"
#include "plan/route_table.hpp"

namespace weft {

class ComposeHandler {
  public:
    // Both outlive the handler.
    ComposeHandler(Timers& timers, Admission& admission) : timers_{timers}, admission_{admission} {}

    // `plan` is that of a route of `generation`, its work a ComposePlan, and the request has been
    // admitted. What is returned holds the generation.
    Awaitable<Answer> handle(
        Request& request,
        const Plan& plan,
        std::vector<PathParameter> parameters,
        GenerationPointer generation
    ) const;

  private:
    Timers& timers_;
    Admission& admission_;
};

}  // namespace weft
