// What the workers serve: a configuration without mistakes, every name in it resolved. Immutable,
// shared by all workers, replaced as a whole by a reload.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/configuration.hpp"
#include "app/gauge_table.hpp"
#include "app/resolve.hpp"
#include "telemetry/route_counters.hpp"
#include "upstream/upstream.hpp"

namespace weft {

// Tells a route that was changed from one that was not.
struct RouteDigest {
    std::string name;
    std::uint64_t digest = 0;
};

struct ServedConfiguration {
    std::shared_ptr<const Snapshot> snapshot;
    std::vector<UpstreamSettings> upstreams;  // by UpstreamIndex, for one worker
    std::vector<RouteDigest> routes;
    std::shared_ptr<RouteCounters> route_counters;
    std::shared_ptr<const GaugeTable> upstream_gauges;
    std::uint32_t workers = 1;  // that run
};

using ResolveName =
    std::function<Result<std::vector<Endpoint>>(const std::string& host, std::uint16_t port)>;

// `configuration` is without mistakes; names that do not resolve become mistakes of it, and nothing
// is returned then. `running` is what is served at the moment, or null: its workers go on, and
// where a name does not resolve now, the addresses it had stay, with a warning. Blocks.
std::shared_ptr<const ServedConfiguration> resolve_names(
    Configuration& configuration,
    const ServedConfiguration* running,
    const ResolveName& resolve_name = resolve
);

}  // namespace weft
