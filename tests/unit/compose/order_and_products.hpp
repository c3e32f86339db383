// The route of the for_each tests: an order at /o, and its products by `ids`.
#pragma once

#include <string>
#include <vector>

#include "unit/compose/bench.hpp"

namespace weft::test {

inline std::vector<StepSpec> order_and(StepSpec products) {
    return {{.name = "order", .path = "/o"}, std::move(products)};
}

inline const StepSpec products{.name = "products", .path = "/p/${item}", .for_each = "order.ids"};
inline const std::string response = R"({"products":"${products}"})";

inline StepSpec optional_products() {
    StepSpec step = products;
    step.required = false;
    return step;
}

// Starts a run in which the order has `ids` as written.
inline void start_with(Bench& bench, const std::string& ids) {
    bench.start();
    bench.source.answer("/o", R"({"ids":)" + ids + "}");
}

}  // namespace weft::test
