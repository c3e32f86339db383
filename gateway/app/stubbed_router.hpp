// The router that serves, over upstreams that a test plays.
#pragma once

#include <memory>

#include "app/served_configuration.hpp"
#include "http/exchange.hpp"
#include "trial/stub_services.hpp"
#include "trial/virtual_time.hpp"

namespace weft {

// What workers would serve; no name is resolved, because nothing will be connected to.
std::shared_ptr<const ServedConfiguration> without_addresses(Configuration& configuration);

// `time` and `services` outlive it.
std::unique_ptr<Handler> stubbed_router(
    std::shared_ptr<const ServedConfiguration> configuration,
    VirtualTime& time,
    StubServices& services
);

}  // namespace weft
