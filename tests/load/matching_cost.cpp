// How long it takes to find the route of a request among a thousand: CPU time of one look-up, the
// least of many rounds. Once the routes differ in their first segment, once only in the last of
// several, once they are all under one prefix with parameters before and behind.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "plan/route_table.hpp"

namespace {

using weft::Method;

constexpr int routes = 1'000;
constexpr int rounds = 50;
constexpr int requests = 10'000;

struct Kind {
    const char* what;
    std::function<std::string(int)> route;
    std::function<std::string(int)> request;
};

std::string number(int i) { return std::to_string(i); }

std::vector<Kind> kinds() {
    return {
        {"/resource-N/{id}",
         [](int i) { return "/resource-" + number(i) + "/{id}"; },
         [](int i) { return "/resource-" + number(i) + "/o-1001"; }},
        {"/api/v1/shops/{shop}/resource-N/{id}",
         [](int i) { return "/api/v1/shops/{shop}/resource-" + number(i) + "/{id}"; },
         [](int i) { return "/api/v1/shops/berlin/resource-" + number(i) + "/o-1001"; }},
        {"/api/{version}/.../name-N",
         [](int i) { return "/api/{version}/things/{thing}/parts/{part}/name-" + number(i); },
         [](int i) { return "/api/v2/things/17/parts/a%20b/name-" + number(i); }},
        {"/resource-N/list, not found",
         [](int i) { return "/resource-" + number(i) + "/list"; },
         [](int i) { return "/resource-" + number(i) + "/nothing"; }},
    };
}

std::chrono::nanoseconds cpu_time() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

void measure(const Kind& kind) {
    std::vector<weft::Plan> plans(routes);
    weft::RouteTable table;
    for (int i = 0; i < routes; ++i) {
        auto pattern = weft::parse_path_pattern(kind.route(i));
        table.add(plans[static_cast<std::size_t>(i)], std::get<weft::PathPattern>(pattern));
    }
    std::vector<std::string> paths;
    paths.reserve(requests);
    for (int i = 0; i < requests; ++i) paths.push_back(kind.request(i % routes));
    std::ranges::shuffle(paths, std::mt19937{7});
    double least = 1e9;
    std::size_t matched = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = cpu_time();
        for (const std::string& path : paths) {
            matched += table.match(Method::get, path).index();
        }
        const std::chrono::duration<double, std::nano> took = cpu_time() - begin;
        least = std::min(least, took.count() / requests);
    }
    const bool is_found = matched == 0;
    std::printf("%-40s %6.0f ns  %s\n", kind.what, least, is_found ? "found" : "not found");
}

}  // namespace

int main() {
    for (const Kind& kind : kinds()) measure(kind);
}
