// Names become addresses at load, never on the request path: getaddrinfo blocks and cannot be
// cancelled.
#pragma once

#include <string>
#include <vector>

#include "async/types.hpp"
#include "outcome/result.hpp"

namespace weft {

// All addresses of a host (a name or an address literal), IPv4 before IPv6. Failure:
// FailureKind::dns with the system's reason. Blocks.
Result<std::vector<Endpoint>> resolve(const std::string& host, std::uint16_t port);

}  // namespace weft
