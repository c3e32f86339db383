// What POST /orders takes: an order without what the service itself decides.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "http_service/answer.hpp"
#include "orders/order.hpp"

namespace stub {

// The order without id, status and time, or every mistake of the document.
std::variant<Order, std::vector<Mistake>> read_new_order(std::string_view body);

}  // namespace stub
