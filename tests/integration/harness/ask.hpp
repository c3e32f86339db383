// One request, one answer.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "integration/harness/connection.hpp"

namespace weft {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Asked {
    std::string method = "GET";
    std::string target{};
    Fields fields{};
    std::string body{};
    std::string host = "gateway.test";
};

// The bytes of a request with Host, and Content-Length where there is a body.
std::string request_bytes(const Asked& asked);

// On a connection of its own. Throws std::runtime_error where there is no whole answer.
Message ask(std::uint16_t port, const Asked& asked);
Message get(std::uint16_t port, const std::string& target, const Fields& fields = {});

// Of the admin listener, which answers only under a name of its own.
Message get_admin(std::uint16_t port, const std::string& target);

// On a kept connection.
Message ask_on(Connection& connection, const Asked& asked);

}  // namespace weft
