// Everything that was configured, compiled: taken once per request, replaced as a whole by a
// reload.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/address_range.hpp"
#include "http/fields.hpp"
#include "outcome/log.hpp"
#include "plan/plan.hpp"
#include "plan/route_table.hpp"

namespace weft {

struct EndpointPlan {
    std::string host;  // a name or an address literal without brackets
    std::uint16_t port = 80;
    std::string authority;  // for the Host field: host, and the port if it is not the scheme's

    bool operator==(const EndpointPlan&) const = default;
};

struct RetryPlan {
    std::uint32_t attempts = 2;  // the first included
    std::vector<std::uint16_t> statuses;
    milliseconds backoff{25};
    std::optional<milliseconds> attempt_timeout;

    bool operator==(const RetryPlan&) const = default;
};

struct CircuitBreakerPlan {
    milliseconds window{10'000};
    std::uint32_t least_calls = 20;
    std::uint32_t failure_percent = 50;
    std::uint32_t connect_failures = 5;
    milliseconds open{1'000};
    milliseconds longest_open{30'000};  // at least `open`

    bool operator==(const CircuitBreakerPlan&) const = default;
};

struct HealthPlan {
    std::string path;  // origin-form, checked
    milliseconds interval{5'000};
    milliseconds timeout{1'000};  // at most `interval`
    std::uint32_t failures = 3;
    std::uint32_t successes = 2;

    bool operator==(const HealthPlan&) const = default;
};

enum class BalancePlan : std::uint8_t { least_requests, round_robin };

struct UpstreamPlan {
    std::string name;
    std::vector<EndpointPlan> endpoints;  // at least one
    milliseconds timeout{1000};
    milliseconds connect_timeout{250};
    std::uint32_t max_connections = 256;  // of the process
    std::uint64_t max_body = 8 << 20;     // bytes
    std::vector<std::string> forward;     // client headers this upstream may see, lower case
    std::vector<OwnedField> headers;      // of every call; a step's replace those of the same name
    std::optional<std::uint32_t> max_concurrency;  // calls at work, of the process
    bool coalesce = false;
    BalancePlan balance = BalancePlan::least_requests;
    std::optional<RetryPlan> retry;
    std::optional<CircuitBreakerPlan> circuit_breaker;
    std::optional<HealthPlan> health;

    bool operator==(const UpstreamPlan&) const = default;
};

struct ListenAddress {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one

    bool operator==(const ListenAddress&) const = default;
};

struct Limits {
    std::uint64_t head = 32 << 10;   // bytes
    std::uint64_t target = 8 << 10;  // bytes
    std::uint64_t field = 8 << 10;   // bytes
    std::uint32_t fields = 100;
    std::uint64_t body = 1 << 20;       // bytes; a route's body_limit comes first
    std::uint64_t body_rate = 1 << 10;  // bytes/s, on average
    std::uint32_t connections = 10'000;
    std::uint32_t connections_per_address = 10'000;
    std::uint32_t in_flight = 2'000;
    bool adaptive = true;                 // a route's share of in_flight follows its latency
    std::uint32_t max_calls = 200;        // of one request
    std::uint64_t max_answer = 32 << 20;  // bytes of one composed answer

    bool operator==(const Limits&) const = default;
};

struct Timeouts {
    milliseconds first_byte{10'000};
    milliseconds head{5'000};
    milliseconds body{10'000};
    milliseconds idle{60'000};
    milliseconds write{10'000};

    bool operator==(const Timeouts&) const = default;
};

struct Drain {
    milliseconds delay{0};
    milliseconds timeout{30'000};

    bool operator==(const Drain&) const = default;
};

struct LogPlan {
    bool access = true;
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::plain;

    bool operator==(const LogPlan&) const = default;
};

struct Snapshot {
    ListenAddress listen;
    std::optional<ListenAddress> admin;
    std::uint32_t workers = 1;
    std::vector<UpstreamPlan> upstreams;
    std::vector<Plan> plans;  // the route table points into it
    RouteTable routes;
    Limits limits;
    Timeouts timeouts;
    std::vector<AddressRange> trusted_proxies;
    Drain drain;
    LogPlan log;

    Snapshot() = default;
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
};

}  // namespace weft
