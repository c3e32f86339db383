// What /metrics says: the Prometheus text format 0.0.4. Labels hold only words of the program and
// names of the configuration.
#pragma once

#include <map>
#include <string>

#include "admin/health.hpp"
#include "telemetry/counters.hpp"
#include "telemetry/route_counters.hpp"
#include "upstream/gauges.hpp"

namespace weft {

struct Figures {
    CounterValues counters;  // of all workers
    std::map<std::string, RouteCounters::Classes> routes;
    std::map<std::string, UpstreamLevels> upstreams;
    std::uint64_t log_lines_dropped = 0;
    Health health;
};

std::string metrics_text(const Figures& figures);

}  // namespace weft
