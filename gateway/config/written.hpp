// What the operator wrote, as plain structs: nothing is resolved, defaults stand in the member
// initialisers. plan/ makes sense of it. Where a text must not be empty (names of upstreams, paths,
// `for_each`, ...), an empty one means that its mistake, or its absence, is already reported.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/diagnostics.hpp"
#include "config/written_tests.hpp"
#include "config/yaml_value.hpp"

namespace weft {

using std::chrono::milliseconds;

struct WrittenDefaults {
    milliseconds timeout{1000};
    milliseconds connect_timeout{250};
    std::uint64_t max_body = 8 << 20;  // bytes
    milliseconds route_timeout{1000};
};

struct WrittenRetry {
    std::uint64_t attempts = 2;
    std::vector<Written<std::string>> statuses;
    milliseconds backoff{25};
    std::optional<milliseconds> attempt_timeout;
};

struct WrittenCircuitBreaker {
    milliseconds window{10'000};
    std::uint64_t least_calls = 20;
    std::uint64_t failure_percent = 50;
    std::uint64_t connect_failures = 5;
    milliseconds open{1'000};
    milliseconds longest_open{30'000};
    Position at;
};

struct WrittenHealth {
    Written<std::string> path;
    milliseconds interval{5'000};
    milliseconds timeout{1'000};
    std::uint64_t failures = 3;
    std::uint64_t successes = 2;
    Position at;
};

// What is not written is in WrittenDefaults.
struct WrittenUpstream {
    Written<std::string> name;
    std::optional<Written<std::string>> url;
    std::vector<Written<std::string>> urls;
    std::optional<Written<milliseconds>> timeout;
    std::optional<Written<milliseconds>> connect_timeout;
    Written<std::uint64_t> max_connections{256, {}};
    std::optional<Written<std::uint64_t>> max_body;  // bytes
    std::vector<Written<std::string>> forward;
    std::vector<NamedText> headers;
    std::optional<std::uint64_t> max_concurrency;
    bool coalesce = false;
    Written<std::string> balance{"least_requests", {}};
    std::optional<WrittenRetry> retry;
    std::optional<WrittenCircuitBreaker> circuit_breaker;
    std::optional<WrittenHealth> health;
};

// What is sent: of a step, and of its `batch`.
struct WrittenBatch {
    std::optional<Written<std::string>> method;
    Written<std::string> path;
    std::vector<NamedText> query;
    std::vector<NamedText> headers;
    std::optional<YamlValue> body;
    Written<std::uint64_t> max_size{100, {}};
    std::optional<Written<std::string>> rows;  // nothing: the root
    Written<std::string> match;
    Position at;
};

// `on_status`: a code or class, and the status to answer with.
struct WrittenStatusRule {
    Written<std::string> from;
    Written<std::uint64_t> to;
};

struct WrittenStep {
    Written<std::string> name;
    Written<std::string> upstream;
    std::optional<Written<std::string>> method;
    Written<std::string> path;  // empty, too, where a batch makes all calls
    std::vector<NamedText> query;
    std::vector<NamedText> headers;
    std::optional<YamlValue> body;
    std::vector<Written<std::string>> forward;
    std::vector<Written<std::string>> after;
    std::optional<Written<std::string>> when;
    std::optional<Written<milliseconds>> timeout;
    Written<bool> required{true, {}};
    std::optional<YamlValue> fallback;
    std::optional<Written<std::string>> for_each;
    std::optional<Written<std::string>> as;
    Written<std::uint64_t> max_items{100, {}};
    Written<std::uint64_t> max_concurrency{16, {}};
    std::optional<WrittenBatch> batch;
    std::vector<Written<std::string>> select;
    std::vector<Written<std::string>> omit;
    std::vector<NamedText> rename;
    std::vector<Written<std::string>> success;  // codes and classes; empty: 2xx
    std::vector<Written<std::string>> null_on;
    std::vector<WrittenStatusRule> on_status;
};

struct WrittenProxy {
    Written<std::string> upstream;
    Written<std::string> path;
    Position at;
};

struct WrittenRoute {
    Written<std::string> name;
    Written<std::string> method{"GET", {}};
    Written<std::string> path;
    Written<milliseconds> timeout;  // WrittenDefaults::route_timeout, if it is not written
    std::optional<Written<milliseconds>> grace;
    std::optional<Written<std::uint64_t>> body_limit;  // bytes
    std::vector<WrittenStep> steps;
    Written<std::uint64_t> response_status{200, {}};
    std::vector<NamedText> response_headers;
    std::optional<YamlValue> response_body;
    std::optional<Position> response_at;
    std::optional<WrittenProxy> proxy;
    std::vector<WrittenTest> tests;
    std::uint64_t digest = 0;  // of everything that is written in it; the layout does not count
};

struct WrittenLimits {
    std::uint64_t head = 32 << 10;  // bytes, as target, field, body and max_answer
    std::uint64_t target = 8 << 10;
    std::uint64_t field = 8 << 10;
    std::uint64_t fields = 100;
    std::uint64_t body = 1 << 20;
    std::uint64_t body_rate = 1 << 10;  // bytes/s
    std::uint64_t connections = 10'000;
    std::optional<std::uint64_t> connections_per_address;  // as many as connections
    std::uint64_t in_flight = 2'000;
    bool adaptive = true;
    std::uint64_t max_calls = 200;
    std::uint64_t max_answer = 32 << 20;
};

struct WrittenTimeouts {
    milliseconds first_byte{10'000};
    milliseconds head{5'000};
    milliseconds body{10'000};
    milliseconds idle{60'000};
    milliseconds write{10'000};
};

struct WrittenAdmin {
    Written<std::string> listen;
    bool expose = false;
};

struct WrittenDrain {
    milliseconds delay{0};
    milliseconds timeout{30'000};
};

struct WrittenLog {
    bool access = true;
    Written<std::string> level{"info", {}};
    Written<std::string> format{"plain", {}};
};

struct WrittenGateway {
    Written<std::uint64_t> version{1, {}};
    Written<std::string> route_files;  // the pattern under `routes`, relative to the gateway file
    Written<std::string> listen{"127.0.0.1:8080", {}};
    std::optional<WrittenAdmin> admin;
    std::optional<Written<std::uint64_t>> workers;  // nothing: one per core
    std::vector<WrittenUpstream> upstreams;
    WrittenDefaults defaults;
    WrittenLimits limits;
    WrittenTimeouts timeouts;
    std::vector<Written<std::string>> trusted_proxies;
    WrittenDrain drain;
    WrittenLog log;
    std::vector<WrittenRoute> routes;  // of all route files, in the order of the file names
};

}  // namespace weft
