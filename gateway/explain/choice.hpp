// Which route answers a request, and why the others that look like it do not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft {

struct RejectedRoute {
    const Plan* plan = nullptr;
    std::string reason;  // `segment 1 is "order", not "orders"`
};

struct RouteChoice {
    Method method = Method::get;
    std::string_view target;
    bool is_well_formed = true;  // if not, the request is refused before routing
    Match match;
    std::vector<RejectedRoute> rejected;  // the nearest first
    std::size_t unlike = 0;               // how many routes have still less in common with it
};

// `target` in origin-form, maybe with a query; it outlives the choice, as the snapshot does.
RouteChoice choose_route(const Snapshot& snapshot, Method method, std::string_view target);

// Both end with a line end.
std::string choice_as_text(const RouteChoice& choice);
std::string choice_as_json(const RouteChoice& choice);

}  // namespace weft
