// One route as an operation of an OpenAPI document.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "plan/snapshot.hpp"

namespace weft {

// `parameters`: what the document calls the parameters of the route's path, in their order.
nlohmann::ordered_json openapi_operation(
    const Plan& plan, const Snapshot& snapshot, const std::vector<std::string>& parameters
);

}  // namespace weft
