// GET /orders/{id}, GET /orders?user_id=, POST /orders.
#pragma once

#include <vector>

#include "http_service/service.hpp"

namespace stub {

std::vector<Route> order_routes(const Options& options);

}  // namespace stub
