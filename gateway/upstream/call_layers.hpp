// What a call to a service passes on its way to an exchange: each layer is a StartCall around
// another, and here is the one list of them.
#pragma once

#include <memory>

#include "upstream/call.hpp"
#include "upstream/circuit_breaker.hpp"
#include "upstream/concurrency_limit.hpp"

namespace weft {

class CallLayers {
  public:
    static bool are_asked_for(const UpstreamSettings& settings) noexcept;

    // Of that upstream, which outlives them and their calls.
    CallLayers(Upstream& upstream, const std::shared_ptr<UpstreamGauges>& gauges);

    Call start(CallRequest request, CallCompletion completion) const {
        return start_(std::move(request), std::move(completion));
    }

    // For exchanges that are no calls; null where they are not asked for.
    const std::shared_ptr<CircuitBreaker>& breaker() const noexcept { return breaker_; }
    const std::shared_ptr<ConcurrencyLimit>& limit() const noexcept { return limit_; }

  private:
    StartCall stacked(Upstream& upstream) const;

    std::shared_ptr<CircuitBreaker> breaker_;
    std::shared_ptr<ConcurrencyLimit> limit_;
    StartCall start_;
};

// As start_call(), through the layers that the upstream has. The upstream outlives the call.
inline Call call_upstream(Upstream& upstream, CallRequest&& request, CallCompletion&& completion) {
    if (const auto* layers = upstream.layers()) {
        return layers->start(std::move(request), std::move(completion));
    }
    return start_call(upstream, std::move(request), std::move(completion));
}

}  // namespace weft
