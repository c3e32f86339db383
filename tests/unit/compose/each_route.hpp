// The route of the `$each` tests: a cart at /c, and the stock of its lines at /s/SKU, looked up by
// sku.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {

inline constexpr const char* stock_step =
    "    stock: { upstream: products, for_each: \"${cart.lines[*].sku}\", path: \"/s/${item}\", "
    "required: false }\n";

// `body` is YAML in flow style, `settings` are lines of gateway.yaml.
inline std::shared_ptr<const Snapshot> compile_each_route(
    const std::string& body, const std::string& steps = stock_step, const std::string& settings = ""
) {
    return compile_routes(
        "r:\n  path: /r\n  steps:\n    cart: { upstream: orders, path: /c }\n" + steps +
            "  response:\n    body: " + body + "\n",
        settings
    );
}

// All calls answered: the cart as given, others from `bodies`, 404 for those that are not there.
inline std::unique_ptr<Bench> run_each(
    std::shared_ptr<const Snapshot> route,
    const std::string& cart,
    std::map<std::string, std::string> bodies = {},
    ClientRequest request = {}
) {
    auto bench = std::make_unique<Bench>(std::move(route), std::move(request));
    bodies["/c"] = cart;
    bench->run(bodies);
    return bench;
}

}  // namespace weft::test
