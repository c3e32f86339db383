#include "integration/harness/services.hpp"

#include <csignal>
#include <utility>

namespace weft {

Service::Service(std::string binary, std::vector<std::string> options)
    : binary_{std::move(binary)}, options_{std::move(options)} {
    start(0);
}

void Service::start(std::uint16_t port) {
    std::vector<std::string> arguments{binary_, "--port", std::to_string(port)};
    arguments.insert(arguments.end(), options_.begin(), options_.end());
    process_ = std::make_unique<Process>(std::move(arguments));
}

std::uint16_t Service::port() {
    if (port_ == 0) port_ = process_->port_after("listening on ");
    return port_;
}

void Service::kill() {
    port();
    process_->signal(SIGKILL);
    process_->wait_for_exit();
}

void Service::start_again() {
    start(port());
    process_->port_after("listening on ");
}

std::vector<UpstreamText> Services::upstreams(const std::string& timeout) {
    return {
        {"orders", orders.port(), timeout, ""},
        {"users", users.port(), timeout, ""},
        {"products", products.port(), timeout, ""},
    };
}

}  // namespace weft
