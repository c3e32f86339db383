#include "trial/stubbed_upstream.hpp"

#include <utility>

#include "trial/stub_exchange.hpp"

namespace weft {

StubbedUpstream::StubbedUpstream(
    VirtualTime& time, StubServices& services, UpstreamSettings settings
)
    : Upstream{time.executor(), time.timers(), std::move(settings)},
      time_{time},
      services_{services} {}

std::shared_ptr<Exchange> StubbedUpstream::exchange() {
    const StubExchange::Parts parts{time_, services_, settings()};
    return std::make_shared<StubExchange>(parts);
}

}  // namespace weft
