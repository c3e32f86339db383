#include "upstream/call_layers.hpp"

#include <utility>

#include "upstream/breaker_layer.hpp"
#include "upstream/coalesce_layer.hpp"
#include "upstream/limit_layer.hpp"
#include "upstream/retry_layer.hpp"

namespace weft {

bool CallLayers::are_asked_for(const UpstreamSettings& settings) noexcept {
    return settings.coalesce || settings.retry || settings.circuit_breaker ||
           settings.max_concurrency;
}

CallLayers::CallLayers(Upstream& upstream, const std::shared_ptr<UpstreamGauges>& gauges) {
    const UpstreamSettings& asked = upstream.settings();
    if (asked.circuit_breaker) {
        breaker_ = std::make_shared<CircuitBreaker>(*asked.circuit_breaker, random_jitter());
    }
    if (asked.max_concurrency) {
        std::shared_ptr<Counter> waiting{gauges, &gauges->waiting_for_slot};
        limit_ = std::make_shared<ConcurrencyLimit>(*asked.max_concurrency, std::move(waiting));
    }
    start_ = stacked(upstream);
}

StartCall CallLayers::stacked(Upstream& upstream) const {
    const UpstreamSettings& asked = upstream.settings();
    const LayerPlace place{upstream.executor(), upstream.timers(), asked.name};

    // From the inside out. An exchange finds its instance by itself, because the pool knows which
    // has a connection to spare.
    StartCall call = [&upstream](CallRequest request, CallCompletion completion) {
        return start_call(upstream, std::move(request), std::move(completion));
    };

    // Next to the exchange: a slot is held exactly as long as the service works.
    if (limit_) call = through_limit(std::move(call), limit_, place);

    // Around the limit: nobody queues for a service that is not called. What the limit refuses says
    // nothing about the service.
    if (breaker_) call = through_breaker(std::move(call), breaker_, place);

    // Around both: the breaker judges each attempt, refuses the next one once it has opened, and a
    // call that rests before its next attempt holds no slot.
    if (asked.retry) {
        call = with_retries(std::move(call), *asked.retry, place.timers, random_jitter());
    }

    // Outermost: who joins a call takes no slot, is no verdict, and earns no retry.
    if (asked.coalesce) call = coalesced(std::move(call), place);
    return call;
}

}  // namespace weft
