// One order as its service keeps it, and the way it is shown. Money is in minor units of the
// currency.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "http_service/answer.hpp"

namespace stub {

struct OrderItem {
    std::string product_id;
    std::int64_t quantity = 0;
    std::int64_t unit_price_cents = 0;
};

struct Shipping {
    std::string method;
    std::string street;
    std::string city;
    std::string postal_code;
    std::string country;  // ISO 3166-1 alpha-2
};

struct Order {
    std::string id;
    std::string user_id;
    std::string status;
    std::string created_at;  // UTC, RFC 3339
    std::string currency;    // ISO 4217
    std::vector<OrderItem> items;
    Shipping shipping;
};

// With `total_cents`, the sum of the items, and `product_ids`, the different ones in the order of
// their first item.
Json to_json(const Order& order);

}  // namespace stub
