// Configurations given as text, read and resolved as the gateway does it.
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "app/reload.hpp"
#include "unit/config/loading.hpp"

namespace weft {

inline constexpr const char* two_upstreams = R"(upstreams:
  orders: { url: "http://127.0.0.1:9001" }
  users: { url: "http://127.0.0.1:9002" }
)";

inline constexpr const char* two_routes = R"(order:
  path: /orders/{id}
  proxy: { upstream: orders, path: "/orders/{id}" }
user:
  path: /users/{id}
  proxy: { upstream: users, path: "/users/{id}" }
)";

// A gateway file with two upstreams and two routes, of which tests replace parts.
class ServedFiles {
  public:
    ServedFiles() { write("", two_upstreams, two_routes); }

    void write(const std::string& top, const std::string& upstreams, const std::string& routes) {
        folder_.write("gateway.yaml", "version: 1\nroutes: routes.yaml\n" + top + upstreams);
        folder_.write("routes.yaml", routes);
    }

    std::filesystem::path file() const { return folder_.path() / "gateway.yaml"; }

    std::shared_ptr<const ServedConfiguration> served(
        const ServedConfiguration* running = nullptr, const ResolveName& resolve_name = resolve
    ) const {
        auto configuration = read_configuration(file());
        if (!configuration.snapshot) throw std::logic_error{"the test's files have mistakes"};
        return resolve_names(configuration, running, resolve_name);
    }

    // Without the folder's name.
    std::string line(std::string line) const {
        const auto folder = folder_.path().string() + '/';
        if (line.starts_with(folder)) line.erase(0, folder.size());
        return line;
    }

  private:
    testing::ConfigFolder folder_;
};

}  // namespace weft
