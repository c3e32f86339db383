#include "app/upstreams.hpp"

#include <algorithm>

#include "app/resolve.hpp"

namespace weft {

Result<std::vector<UpstreamSettings>> upstream_settings(const Snapshot& snapshot) {
    std::vector<UpstreamSettings> all;
    for (const auto& plan : snapshot.upstreams) {
        UpstreamSettings settings;
        settings.name = plan.name;
        settings.connect_timeout = plan.connect_timeout;
        settings.max_connections =
            std::max<std::size_t>(plan.max_connections / snapshot.workers, 1);
        settings.max_body = plan.max_body;
        for (const auto& endpoint : plan.endpoints) {
            auto addresses = resolve(endpoint.host, endpoint.port);
            if (addresses.has_error()) {
                Failure failure = addresses.error();
                return failure.at_upstream(plan.name);
            }
            for (const auto& address : *addresses)
                settings.endpoints.push_back({address, endpoint.authority});
        }
        all.push_back(std::move(settings));
    }
    return all;
}

}  // namespace weft
