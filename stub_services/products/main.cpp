#include "http_service/lookup.hpp"
#include "products/product_data.hpp"

int main(int argc, char** argv) {
    const auto routes = [](const stub::Options& options) -> std::vector<stub::Route> {
        const auto find = [products = stub::ProductData{options.seed}](std::string_view id) {
            return products.find(id);
        };
        return {
            {"GET", "/products/{id}", stub::answer_row("product", find)},
            {"GET", "/products", stub::answer_rows(find)},
        };
    };
    return stub::run_service({"product-service", "products", 9003, routes}, argc, argv);
}
