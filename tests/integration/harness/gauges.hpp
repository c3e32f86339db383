// What a gateway's /metrics counts up and down again: connections, requests in work, calls.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "integration/harness/patience.hpp"

namespace weft {

// Asks /metrics until every gauge is at zero but those that are not when nothing is asked
// (weft_ready, idle connections to services), or the time ends. The lines of those that are not;
// empty if there is none.
std::string gauges_above_zero(std::uint16_t admin_port, std::chrono::milliseconds limit = patience);

// Whether /metrics has that line before patience ends.
bool wait_for_metric(std::uint16_t admin_port, const std::string& line);

}  // namespace weft
