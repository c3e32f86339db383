// What an operator asked of the layers around the calls to a service, for one worker. A layer whose
// policy is absent does not exist.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "async/time.hpp"

namespace weft {

enum class BalanceRule : std::uint8_t {
    least_requests,  // the instance with the fewest calls in flight
    round_robin,     // each in its turn
};

struct RetryPolicy {
    std::uint32_t attempts = 2;                        // the first one counted
    std::vector<std::uint16_t> statuses;               // answers to try again after, of 502 503 504
    Duration backoff = std::chrono::milliseconds{25};  // the longest first wait
    Duration attempt_timeout = Duration::max();        // of one attempt

    bool operator==(const RetryPolicy&) const = default;
};

struct CircuitBreakerPolicy {
    Duration window = std::chrono::seconds{10};
    std::uint32_t least_calls = 20;      // in the window, before it judges
    std::uint32_t failure_percent = 50;  // of them; so many open it
    std::uint32_t connect_failures = 5;  // in a row; so many open it, too
    Duration open = std::chrono::seconds{1};
    Duration longest_open = std::chrono::seconds{30};

    bool operator==(const CircuitBreakerPolicy&) const = default;
};

struct HealthPolicy {
    std::string path;  // origin-form, checked
    Duration interval = std::chrono::seconds{5};
    Duration timeout = std::chrono::seconds{1};
    std::uint32_t failures = 3;   // in a row make an instance unhealthy
    std::uint32_t successes = 2;  // in a row make it healthy again

    bool operator==(const HealthPolicy&) const = default;
};

}  // namespace weft
