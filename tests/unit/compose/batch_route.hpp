// The route of the batch tests: an order at /o, and its products by `ids`, singly at /p/ID and many
// at /p?ids=.
#pragma once

#include <string>

#include "unit/compose/bench.hpp"
#include "unit/compose/written_route.hpp"

namespace weft::test {

struct BatchRoute {
    std::string step = "path: \"/p/${item}\"";  // more of its keys
    std::string batch = "match: id";            // more of its keys
    std::string call = R"(path: /p, query: { ids: "${join(items, ',')}" })";
    std::string list = "${order.ids}";
    std::string body = "{ products: \"${products}\" }";
    std::string more = {};  // other steps, a line each
};

inline std::shared_ptr<const Snapshot> compile_batch_route(const BatchRoute& route) {
    return compile_routes(
        "r:\n  path: /r/{id}\n  steps:\n    order: { upstream: orders, path: /o }\n"
        "    products: { upstream: products, for_each: \"" +
        route.list + "\", " + route.step + ", batch: { " + route.call + ", " + route.batch +
        " } }\n" + route.more + "  response:\n    body: " + route.body + "\n"
    );
}

inline BatchRoute optional_batch() {
    BatchRoute route;
    route.step += ", required: false";
    return route;
}

// Started, with the order's `ids` as they are in its body.
inline std::unique_ptr<Bench> start_batch(const BatchRoute& route, const std::string& ids) {
    auto bench =
        std::make_unique<Bench>(compile_batch_route(route), ClientRequest{.path = {{"id", "1"}}});
    bench->start();
    bench->source.answer("/o", R"({"ids":)" + ids + "}");
    return bench;
}

}  // namespace weft::test
