#include "orders/new_order.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "http_service/ids.hpp"

namespace stub {
namespace {

constexpr std::size_t most_items = 100;
constexpr std::int64_t most_quantity = 1000;
constexpr std::int64_t most_cents = 100'000'000;
constexpr std::size_t longest_text = 200;
constexpr std::uint64_t any_number = std::numeric_limits<std::uint64_t>::max();

// Reads members and collects what is wrong with them.
class Reader {
  public:
    std::vector<Mistake> mistakes;

    void wrong(const std::string& pointer, std::string detail) {
        mistakes.push_back({pointer, std::move(detail)});
    }

    bool is_object(const Json& value, const std::string& pointer) {
        if (!value.is_object()) wrong(pointer, "must be an object");
        return value.is_object();
    }

    void only_members(
        const Json& object, const std::string& pointer, const std::vector<std::string_view>& names
    ) {
        for (const auto& [name, value] : object.items()) {
            if (std::find(names.begin(), names.end(), name) == names.end()) {
                wrong(pointer + '/' + escaped(name), "is not known");
            }
        }
    }

    std::string id(const Json& object, const std::string& at, const char* name, char kind) {
        auto value = text(object, at, name);
        if (!value.empty() && !id_number(value, kind, any_number)) {
            wrong(at + '/' + name, "must be an id such as " + make_id(kind, 1));
        }
        return value;
    }

    std::string text(const Json& object, const std::string& at, const char* name) {
        const auto* value = member(object, at, name);
        if (value == nullptr) return {};
        if (!value->is_string() || value->get_ref<const std::string&>().empty() ||
            value->get_ref<const std::string&>().size() > longest_text) {
            wrong(
                at + '/' + name, "must be a text of 1 to " + std::to_string(longest_text) + " bytes"
            );
            return {};
        }
        return value->get<std::string>();
    }

    std::int64_t integer(
        const Json& object,
        const std::string& at,
        const char* name,
        std::array<std::int64_t, 2> range
    ) {
        const auto* value = member(object, at, name);
        if (value == nullptr) return 0;
        // Above the range of int64, the library holds it as unsigned.
        const bool fits = value->is_number_integer() &&
                          (!value->is_number_unsigned() ||
                           value->get<std::uint64_t>() <= static_cast<std::uint64_t>(range[1]));
        if (!fits || value->get<std::int64_t>() < range[0] ||
            value->get<std::int64_t>() > range[1]) {
            wrong(
                at + '/' + name,
                "must be an integer from " + std::to_string(range[0]) + " to " +
                    std::to_string(range[1])
            );
            return 0;
        }
        return value->get<std::int64_t>();
    }

    const Json* member(const Json& object, const std::string& at, const char* name) {
        const auto found = object.find(name);
        if (found == object.end()) {
            wrong(at + '/' + name, "is missing");
            return nullptr;
        }
        return &*found;
    }

  private:
    static std::string escaped(const std::string& name) {
        std::string out;
        for (const char c : name) {
            if (c == '~') {
                out += "~0";
            } else if (c == '/') {
                out += "~1";
            } else {
                out += c;
            }
        }
        return out;
    }
};

std::vector<OrderItem> read_items(Reader& reader, const Json& document) {
    std::vector<OrderItem> items;
    const auto* list = reader.member(document, "", "items");
    if (list == nullptr) return items;
    if (!list->is_array() || list->empty() || list->size() > most_items) {
        reader.wrong("/items", "must be a list of 1 to " + std::to_string(most_items) + " items");
        return items;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto& item = (*list)[i];
        const auto at = "/items/" + std::to_string(i);
        if (!reader.is_object(item, at)) continue;
        reader.only_members(item, at, {"product_id", "quantity", "unit_price_cents"});
        items.push_back(
            {reader.id(item, at, "product_id", 'p'),
             reader.integer(item, at, "quantity", {1, most_quantity}),
             reader.integer(item, at, "unit_price_cents", {0, most_cents})}
        );
    }
    return items;
}

Shipping read_shipping(Reader& reader, const Json& document) {
    const auto* shipping = reader.member(document, "", "shipping");
    const std::string at = "/shipping";
    if (shipping == nullptr || !reader.is_object(*shipping, at)) return {};
    reader.only_members(*shipping, at, {"method", "street", "city", "postal_code", "country"});
    return {
        reader.text(*shipping, at, "method"),
        reader.text(*shipping, at, "street"),
        reader.text(*shipping, at, "city"),
        reader.text(*shipping, at, "postal_code"),
        reader.text(*shipping, at, "country"),
    };
}

bool is_currency(const std::string& text) {
    return text.size() == 3 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

std::variant<Order, std::vector<Mistake>> read_new_order(std::string_view body) {
    const auto document = Json::parse(body, nullptr, false);
    if (document.is_discarded()) return std::vector<Mistake>{{"", "is not JSON"}};
    Reader reader;
    if (!reader.is_object(document, "")) return reader.mistakes;
    reader.only_members(document, "", {"user_id", "currency", "items", "shipping"});
    Order order;
    order.user_id = reader.id(document, "", "user_id", 'u');
    order.currency = reader.text(document, "", "currency");
    if (!order.currency.empty() && !is_currency(order.currency)) {
        reader.wrong("/currency", "must be three capital letters");
    }
    order.items = read_items(reader, document);
    order.shipping = read_shipping(reader, document);
    if (!reader.mistakes.empty()) return reader.mistakes;
    return order;
}

}  // namespace stub
