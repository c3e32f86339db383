// What a route is compiled from.
#pragma once

#include "config/written.hpp"
#include "plan/compile_upstream.hpp"
#include "plan/path_pattern.hpp"
#include "plan/snapshot.hpp"

namespace weft {

// What a route can refer to outside of itself.
struct Surroundings {
    const std::vector<UpstreamPlan>& upstreams;
    const UpstreamNames& names;
    const Limits& limits;
};

struct RouteSource {
    const WrittenRoute& written;
    const PathPattern* pattern = nullptr;  // null if it is wrong
    const Surroundings& around;
};

}  // namespace weft
