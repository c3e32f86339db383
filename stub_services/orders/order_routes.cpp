#include "orders/order_routes.hpp"

#include <charconv>
#include <ctime>
#include <memory>
#include <optional>
#include <utility>

#include "http_service/answer.hpp"
#include "http_service/lookup.hpp"
#include "orders/new_order.hpp"
#include "orders/order_data.hpp"
#include "orders/time_text.hpp"

namespace stub {
namespace {

constexpr std::size_t most_listed = 100;

std::optional<std::size_t> limit_of(const httplib::Request& request) {
    if (!request.has_param("limit")) return most_listed;
    const auto text = request.get_param_value("limit");
    std::size_t limit = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, limit);
    if (error != std::errc{} || stop != end || limit < 1 || limit > most_listed) {
        return std::nullopt;
    }
    return limit;
}

void list_orders(
    const OrderData& orders, const httplib::Request& request, httplib::Response& response
) {
    const auto user_id = request.get_param_value("user_id");
    if (user_id.empty()) {
        answer_problem(response, 400, "user_id: whose orders?");
        return;
    }
    const auto limit = limit_of(request);
    if (!limit) {
        answer_problem(response, 400, "limit: 1 to " + std::to_string(most_listed));
        return;
    }
    Json list = Json::array();
    for (const auto& order : orders.of_user(user_id, *limit)) list.push_back(to_json(order));
    answer_json(request, response, list);
}

bool is_json(const std::string& content_type) {
    return content_type.substr(0, content_type.find_first_of("; ")) == "application/json";
}

void post_order(OrderData& orders, const httplib::Request& request, httplib::Response& response) {
    if (!is_json(request.get_header_value("Content-Type"))) {
        answer_problem(response, 415, "an order is sent as application/json");
        return;
    }
    auto read = read_new_order(request.body);
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&read)) {
        answer_mistakes(response, *mistakes);
        return;
    }
    auto& order = std::get<Order>(read);
    order.status = "pending";
    order.created_at = time_text(std::time(nullptr));
    order.id = orders.add(order);
    answer_created(response, "/orders/" + order.id, to_json(order));
}

}  // namespace

std::vector<Route> order_routes(const Options& options) {
    const auto orders = std::make_shared<OrderData>(options.seed);
    const auto find = [orders](std::string_view id) -> std::optional<Json> {
        const auto order = orders->find(id);
        return order ? std::optional{to_json(*order)} : std::nullopt;
    };
    return {
        {"GET", "/orders/{id}", answer_row("order", find)},
        {"GET",
         "/orders",
         [orders](const auto& request, const auto&, auto& response) {
             list_orders(*orders, request, response);
         }},
        {"POST",
         "/orders",
         [orders](const auto& request, const auto&, auto& response) {
             post_order(*orders, request, response);
         }},
    };
}

}  // namespace stub
