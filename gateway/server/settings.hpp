// What one worker's server is told: limits and times. Whoever wires it divides the process's limits
// over the workers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "async/types.hpp"
#include "http/address_range.hpp"
#include "http/head_scanner.hpp"

namespace weft {

// HTTP.md, Requests, Time. None of them is ever unlimited.
struct SessionTimeouts {
    Duration first_byte =
        std::chrono::seconds{10};              // a new connection without a byte: closed silently
    Duration head = std::chrono::seconds{5};   // from the first byte of a head to its last: 408
    Duration body = std::chrono::seconds{10};  // without a byte of the body: 408
    Duration idle = std::chrono::seconds{60};  // between two requests: closed silently
    Duration write =
        std::chrono::seconds{10};  // an answer of which the client takes nothing: aborted
    // Dropping what still comes before a close: after a message that was not read to its end, and
    // after one that was, whose client may have sent another before it heard of the close.
    Duration linger = std::chrono::seconds{2};
    Duration parting = std::chrono::milliseconds{250};
    std::uint64_t body_rate = 1024;  // bytes/s, on average after the first `body`
};

struct ServerSettings {
    SessionTimeouts timeouts;
    HeadLimits head;
    std::uint64_t body_limit = 1 << 20;  // bytes; a handler may set another in its Request
    std::size_t max_connections =
        10'000;  // of this worker; the next one waits, or an idle one goes
    // Of these, from one address that is not trusted; more are closed at once.
    std::size_t max_connections_per_address = 10'000;
    std::vector<AddressRange> trusted_proxies;  // what they say of their clients is kept
    std::string_view scheme = "http";           // a literal
};

}  // namespace weft
