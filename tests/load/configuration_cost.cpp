// How long a thousand routes take to be read and compiled, a file each and all in one: CPU time,
// the median of several runs. The routes are that of the README with a path of their own.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "plan/compile.hpp"

namespace {

namespace fs = std::filesystem;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int routes = 1'000;
constexpr int runs = 11;

std::string route(int number) {
    const std::string n = std::to_string(number);
    return "order-details-" + n + ":\n  path: /order-details-" + n + R"(/{id}
  timeout: 800ms                       # the one deadline; every call gets what is left of it

  steps:
    order:
      upstream: orders
      path: /orders/{id}

    user:                              # refers to order, so it waits for order
      upstream: users
      path: /users/${order.user_id}
      required: false

    products:
      upstream: products
      for_each: ${order.product_ids}
      path: /products/${item}
      required: false

  response:
    body:
      order: ${order}
      user: ${user}
      products: ${products}
)";
}

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream{path} << text;
}

void write_configuration(const fs::path& folder, int routes_in_a_file) {
    write(folder / "gateway.yaml", R"(version: 1
routes: routes/*.yaml
upstreams:
  orders: { url: "http://127.0.0.1:1" }
  users: { url: "http://127.0.0.1:2" }
  products: { url: "http://127.0.0.1:3" }
)");
    for (int first = 0; first < routes; first += routes_in_a_file) {
        std::string text;
        for (int i = 0; i < routes_in_a_file; ++i) text += route(first + i);
        write(folder / "routes" / (std::to_string(first) + ".yaml"), text);
    }
}

Milliseconds cpu_time() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

double median(std::vector<Milliseconds> times) {
    std::ranges::nth_element(times, times.begin() + runs / 2);
    return times[runs / 2].count();
}

void measure(const char* what, int routes_in_a_file) {
    std::string name = (fs::temp_directory_path() / "weft-load-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"mkdtemp"};
    write_configuration(name, routes_in_a_file);
    std::vector<Milliseconds> loading;
    std::vector<Milliseconds> compiling;
    for (int run = 0; run < runs; ++run) {
        weft::Diagnostics diagnostics;
        const auto begin = cpu_time();
        const auto written =
            weft::load(fs::path{name} / "gateway.yaml", weft::process_environment(), diagnostics);
        const auto loaded = cpu_time();
        const auto snapshot = weft::compile(written, diagnostics);
        if (!snapshot || snapshot->plans.size() != routes) throw std::runtime_error{"mistakes"};
        loading.push_back(loaded - begin);
        compiling.push_back(cpu_time() - loaded);
    }
    std::cout << what << ": load " << median(loading) << " ms, compile " << median(compiling)
              << " ms\n";
    fs::remove_all(name);
}

}  // namespace

int main() {
    measure("1000 routes, a file each", 1);
    measure("1000 routes, all in one file", routes);
}
