// What happened to one request and to each of its calls. server, compose and upstream fill these;
// telemetry reads them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "outcome/failure.hpp"

namespace weft {

enum class CallEnd : std::uint8_t {
    succeeded,
    refused,    // ended without effect on the service, or with a definite answer that is not a
                // success
    cancelled,  // nobody needed the answer any more
    unknown,    // the request was written and no answer came: the service may have acted
};

// One call to an upstream: one HTTP exchange, its replay on a fresh connection included.
struct CallRecord {
    std::string step;
    std::string upstream;
    CallEnd end = CallEnd::unknown;
    std::uint16_t status = 0;  // 0: no status line was read
    std::optional<FailureKind> failure;
    bool reused_connection = false;
    std::uint8_t attempts = 1;
    std::chrono::nanoseconds duration{0};
    std::uint64_t bytes_received = 0;  // of the body
};

// One client request, from its first byte to the last byte of the answer.
struct RequestRecord {
    std::string request_id;
    std::string client;  // the peer's address, without the port
    std::string method;
    std::string path;   // as checked and routed, without the query
    std::string route;  // empty: none matched
    std::uint16_t status = 0;
    std::optional<FailureKind> failure;
    bool complete = true;  // false: a partial answer
    std::chrono::nanoseconds duration{0};
    std::uint64_t bytes_sent = 0;
    std::vector<CallRecord> calls;
};

}  // namespace weft
