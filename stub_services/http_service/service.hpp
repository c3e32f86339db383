// A whole service but for its data: command line, routing, errors, faults, life and end. A service
// gives its name and its routes.
#pragma once

#include <httplib.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "http_service/options.hpp"

namespace stub {

// `id` is the percent-decoded last segment of the path where the route has one.
using Handler = std::function<
    void(const httplib::Request& request, const std::string& id, httplib::Response& response)>;

// The path is "/things" or "/things/{id}". GET serves HEAD too.
struct Route {
    std::string method;
    std::string path;
    Handler handler;
};

struct Description {
    std::string program;  // order-service
    std::string name;     // orders: what X-Stub-Fault calls it
    std::uint16_t port;   // without --port
    std::function<std::vector<Route>(const Options&)> routes;
};

// Runs until SIGTERM or SIGINT. The first line on stdout is "listening on 127.0.0.1:PORT". The exit
// code: 0 after a signal, 1 if it cannot listen, 64 for a command line that is wrong.
int run_service(const Description& description, int argc, char** argv);

}  // namespace stub
