#include "orders/order.hpp"

#include <algorithm>

namespace stub {

Json to_json(const Order& order) {
    Json items = Json::array();
    std::vector<std::string> product_ids;
    std::int64_t total = 0;
    for (const auto& item : order.items) {
        items.push_back(
            {{"product_id", item.product_id},
             {"quantity", item.quantity},
             {"unit_price_cents", item.unit_price_cents}}
        );
        total += item.quantity * item.unit_price_cents;
        if (std::find(product_ids.begin(), product_ids.end(), item.product_id) ==
            product_ids.end()) {
            product_ids.push_back(item.product_id);
        }
    }
    return {
        {"id", order.id},
        {"user_id", order.user_id},
        {"status", order.status},
        {"created_at", order.created_at},
        {"currency", order.currency},
        {"total_cents", total},
        {"items", std::move(items)},
        {"product_ids", std::move(product_ids)},
        {"shipping",
         {{"method", order.shipping.method},
          {"street", order.shipping.street},
          {"city", order.shipping.city},
          {"postal_code", order.shipping.postal_code},
          {"country", order.shipping.country}}},
    };
}

}  // namespace stub
