#include "app/stubbed_router.hpp"

#include <utility>
#include <vector>

#include "app/generation.hpp"
#include "app/router.hpp"
#include "trial/stubbed_upstream.hpp"

namespace weft {

std::shared_ptr<const ServedConfiguration> without_addresses(Configuration& configuration) {
    return resolve_names(configuration, nullptr, [](const std::string&, std::uint16_t) {
        return Result<std::vector<Endpoint>>{std::vector{Endpoint{}}};
    });
}

std::unique_ptr<Handler> stubbed_router(
    std::shared_ptr<const ServedConfiguration> configuration,
    VirtualTime& time,
    StubServices& services
) {
    std::vector<std::shared_ptr<Upstream>> upstreams;
    for (const UpstreamSettings& settings : configuration->upstreams) {
        upstreams.push_back(std::make_shared<StubbedUpstream>(time, services, settings));
    }
    auto generation =
        std::make_shared<const Generation>(std::move(configuration), std::move(upstreams));
    return std::make_unique<Router>(std::move(generation), time.timers());
}

}  // namespace weft
