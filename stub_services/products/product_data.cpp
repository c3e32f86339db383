#include "products/product_data.hpp"

#include <array>
#include <string>

#include "http_service/ids.hpp"
#include "http_service/random.hpp"

namespace stub {
namespace {

constexpr std::uint64_t last_product = 500;

constexpr std::array<std::string_view, 8> qualities{
    "Plain",
    "Sturdy",
    "Folding",
    "Quiet",
    "Recycled",
    "Crème",
    "Compact",
    "Waterproof",
};
constexpr std::array<std::string_view, 10> things{
    "lamp",
    "kettle",
    "backpack",
    "notebook",
    "chair",
    "bicycle bell",
    "teapot",
    "blanket",
    "clock",
    "umbrella \"Köln\"",
};
constexpr std::array<std::string_view, 4> categories{"home", "travel", "office", "kitchen"};

}  // namespace

std::optional<Json> ProductData::find(std::string_view id) const {
    const auto number = id_number(id, 'p', last_product);
    if (!number) return std::nullopt;
    Random random{seed_, *number};
    const std::string quality{random.one_of(qualities)};
    const std::string thing{random.one_of(things)};
    return Json{
        {"id", id},
        {"name", quality + ' ' + thing},
        {"category", random.one_of(categories)},
        {"price_cents", random.between(99, 49'999)},
        {"currency", "EUR"},
        {"in_stock", random.between(0, 250)},
        {"weight_grams", random.between(20, 9'000)},
        {"rating", static_cast<double>(random.between(10, 50)) / 10.0},
    };
}

}  // namespace stub
