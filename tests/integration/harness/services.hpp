// The three real services, on free ports.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "integration/harness/gateway.hpp"
#include "integration/harness/process.hpp"

namespace weft {

class Service {
  public:
    // `binary` is ORDER_SERVICE, USER_SERVICE or PRODUCT_SERVICE; options without the port.
    explicit Service(std::string binary, std::vector<std::string> options = {});

    std::uint16_t port();
    Process& process() noexcept { return *process_; }

    // Kills it, so that its port refuses connections.
    void kill();
    // Starts it again on the same port.
    void start_again();

  private:
    void start(std::uint16_t port);

    std::string binary_;
    std::vector<std::string> options_;
    std::uint16_t port_ = 0;  // 0: not known yet
    std::unique_ptr<Process> process_;
};

struct Services {
    Service orders{ORDER_SERVICE};
    Service users{USER_SERVICE};
    Service products{PRODUCT_SERVICE};

    // For GatewayText, with the names that the shipped routes use.
    std::vector<UpstreamText> upstreams(const std::string& timeout = "10s");
};

}  // namespace weft
