#include "orders/order_data.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include "http_service/ids.hpp"
#include "http_service/random.hpp"
#include "orders/time_text.hpp"

namespace stub {
namespace {

constexpr std::uint64_t seeded_orders = 10'000;
// All that this service knows of the others: which ids they have.
constexpr std::uint64_t last_user = 1000;
constexpr std::uint64_t last_product = 500;

constexpr std::uint64_t most_products = 8;
constexpr std::time_t first_order_at = 1'704'067'200;  // 2024-01-01T00:00:00Z
constexpr std::time_t seconds_between_orders = 3'671;

constexpr std::array<std::string_view, 5> statuses{
    "pending",
    "paid",
    "shipped",
    "delivered",
    "cancelled",
};
constexpr std::array<std::string_view, 3> methods{"standard", "express", "pickup"};
constexpr std::array<std::string_view, 4> streets{
    "Main Street",
    "Rue de l'Église",
    "Straße des 17. Juni",
    "Calle Mayor",
};
constexpr std::array<std::string_view, 4> cities{"Berlin", "Lyon", "Málaga", "Zürich"};
constexpr std::array<std::string_view, 4> countries{"DE", "FR", "ES", "CH"};

std::string user_of(Random& random) { return make_id('u', random.between(1, last_user)); }

std::vector<OrderItem> make_items(Random& random) {
    std::vector<OrderItem> items;
    const auto wanted = random.between(1, most_products);
    while (items.size() < wanted) {
        auto id = make_id('p', random.between(1, last_product));
        const auto same = [&id](const OrderItem& item) { return item.product_id == id; };
        if (std::any_of(items.begin(), items.end(), same)) continue;
        items.push_back(
            {std::move(id),
             static_cast<std::int64_t>(random.between(1, 5)),
             static_cast<std::int64_t>(random.between(99, 49'999))}
        );
    }
    // One order in four holds a product twice, for instance bought later at another price.
    if (random.one_in(4)) {
        auto again = random.one_of(items);
        again.quantity = 1;
        again.unit_price_cents = again.unit_price_cents * 9 / 10;
        items.push_back(std::move(again));
    }
    return items;
}

Shipping make_shipping(Random& random) {
    const auto street = std::string{random.one_of(streets)};
    const auto place = random.between(0, cities.size() - 1);
    return {
        std::string{random.one_of(methods)},
        street + ' ' + std::to_string(random.between(1, 180)),
        std::string{cities[place]},
        std::to_string(random.between(10'000, 99'999)),
        std::string{countries[place]},
    };
}

}  // namespace

OrderData::OrderData(std::uint64_t seed) : seed_{seed} {
    for (std::uint64_t number = 1; number <= seeded_orders; ++number) {
        Random random{seed_, number};
        numbers_of_user_[user_of(random)].push_back(number);
    }
}

Order OrderData::order(std::uint64_t number) const {
    if (number > seeded_orders) return posted_[number - seeded_orders - 1];
    Random random{seed_, number};
    Order made;
    made.id = make_id('o', number);
    made.user_id = user_of(random);
    made.status = random.one_of(statuses);
    made.created_at =
        time_text(first_order_at + static_cast<std::time_t>(number) * seconds_between_orders);
    made.currency = "EUR";
    made.items = make_items(random);
    made.shipping = make_shipping(random);
    return made;
}

std::optional<Order> OrderData::find(std::string_view id) const {
    const std::shared_lock lock{mutex_};
    const auto number = id_number(id, 'o', seeded_orders + posted_.size());
    if (!number) return std::nullopt;
    return order(*number);
}

std::vector<Order> OrderData::of_user(const std::string& user_id, std::size_t most) const {
    const std::shared_lock lock{mutex_};
    std::vector<Order> found;
    const auto numbers = numbers_of_user_.find(user_id);
    if (numbers == numbers_of_user_.end()) return found;
    const auto& all = numbers->second;
    for (auto it = all.rbegin(); it != all.rend() && found.size() < most; ++it) {
        found.push_back(order(*it));
    }
    return found;
}

std::string OrderData::add(Order order) {
    const std::unique_lock lock{mutex_};
    const auto number = seeded_orders + posted_.size() + 1;
    order.id = make_id('o', number);
    numbers_of_user_[order.user_id].push_back(number);
    posted_.push_back(std::move(order));
    return posted_.back().id;
}

}  // namespace stub
