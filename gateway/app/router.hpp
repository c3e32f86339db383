// Finds the route of a request and has its plan answer. The outermost handler of every worker.
#pragma once

#include <utility>

#include "app/admission.hpp"
#include "app/compose_handler.hpp"
#include "app/generation.hpp"
#include "app/proxy_handler.hpp"
#include "async/timers.hpp"
#include "http/exchange.hpp"

namespace weft {

class Router final : public Handler {
  public:
    // `timers` outlive the router and the answers it gives.
    Router(GenerationPointer generation, Timers& timers, WorkerCounters& counters)
        : generation_{std::move(generation)},
          admission_{counters, in_flight_of_worker(generation_->configuration())},
          compose_{timers, admission_},
          proxy_{timers} {}

    const Generation& generation() const noexcept { return *generation_; }
    // For the requests that come from now on.
    void use(GenerationPointer generation) noexcept {
        generation_ = std::move(generation);
        admission_.set_ceiling(in_flight_of_worker(generation_->configuration()));
    }

    Awaitable<Answer> handle(Request& request) override;

  private:
    GenerationPointer generation_;
    Admission admission_;
    ComposeHandler compose_;
    ProxyHandler proxy_;
};

}  // namespace weft
