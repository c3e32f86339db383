#include "orders/order_routes.hpp"

int main(int argc, char** argv) {
    return stub::run_service({"order-service", "orders", 9001, stub::order_routes}, argc, argv);
}
