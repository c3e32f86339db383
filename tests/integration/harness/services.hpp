// The three real services, on free ports.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "integration/harness/gateway.hpp"
#include "integration/harness/process.hpp"
#include "places.hpp"

namespace weft {

class Service {
  public:
    // `binary` is one of places.hpp; options without the port.
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
    Service orders{order_service()};
    Service users{user_service()};
    Service products{product_service()};

    // For GatewayText, with the names that the shipped routes use.
    std::vector<UpstreamText> upstreams(const std::string& timeout = "10s");
};

}  // namespace weft
