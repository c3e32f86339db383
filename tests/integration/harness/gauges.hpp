// What a gateway's /metrics counts up and down again: connections, requests in work.
#pragma once

#include <cstdint>
#include <string>

namespace weft {

// Asks /metrics until every gauge but weft_ready is at zero, or patience ends. The lines of those
// that are not; empty if there is none.
std::string gauges_above_zero(std::uint16_t admin_port);

}  // namespace weft
