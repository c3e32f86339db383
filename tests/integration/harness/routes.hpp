// Route files that several tests start their gateway with.
#pragma once

#include <string>

namespace weft {

// GET /thing/{id} asks the upstream `things` for /things/{id} and answers {"thing": ...}.
inline const std::string thing_route = R"(
thing:
  path: /thing/{id}
  timeout: 60s
  steps:
    thing: { upstream: things, path: "/things/{id}" }
  response: { body: { thing: "${thing}" } }
)";

// As the shipped route, with a deadline that no slow build meets: GET /NAME/{id} answers
// {"order", "user", "products"} from the upstreams `orders`, `users` and `products`.
struct OrderRoute {
    std::string name = "order-details";
    std::string timeout = "60s";
    std::string others_required = "false";  // user and products
};

inline std::string order_route(const OrderRoute& route = {}) {
    const auto required = ", required: " + route.others_required + " }\n";
    return "\n" + route.name + ":\n  path: /" + route.name + "/{id}\n  timeout: " + route.timeout +
           R"(
  steps:
    order: { upstream: orders, path: "/orders/{id}" }
    user: { upstream: users, path: "/users/${order.user_id}")" +
           required +
           R"(    products: { upstream: products, for_each: "${order.product_ids}", path: "/products/${item}")" +
           required + R"(  response:
    body: { order: "${order}", user: "${user}", products: "${products}" }
)";
}

}  // namespace weft
