// One service as one worker sees it: where it is, what it may take, and the pool of connections to
// it. The pool leases exchanges, never sockets, so that another protocol can stand behind them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "async/timers.hpp"
#include "async/types.hpp"
#include "http/head_scanner.hpp"
#include "upstream/exchange.hpp"
#include "upstream/gauges.hpp"
#include "upstream/policies.hpp"

namespace weft {

class AwaitedExchange;
class CallLayers;
class HealthChecks;
class Pool;

// One resolved address of a service. Several are tried one after the other, each within the connect
// timeout.
struct UpstreamEndpoint {
    Endpoint address;
    std::string authority;     // the Host field: host, and the port where it is not 80
    std::size_t instance = 0;  // which of the service's, from 0; those of one stand together

    bool operator==(const UpstreamEndpoint&) const = default;
};

// What an operator set for the service, for one worker: limits of the process are already divided.
struct UpstreamSettings {
    std::string name;
    std::vector<UpstreamEndpoint> endpoints;  // never empty
    Duration connect_timeout = std::chrono::milliseconds{250};
    Duration idle_limit = std::chrono::seconds{4};  // a service's Keep-Alive timeout may shorten it
    std::size_t max_connections = 64;               // at least 1
    std::uint64_t max_body = 8 * 1024 * 1024;  // bytes of one answer's body, in a buffered call
    HeadLimits head;                           // of one answer
    BalanceRule balance = BalanceRule::least_requests;
    std::optional<std::size_t> max_concurrency;  // calls at work; at least 1
    bool coalesce = false;
    std::optional<RetryPolicy> retry;
    std::optional<CircuitBreakerPolicy> circuit_breaker;
    std::optional<HealthPolicy> health;

    bool operator==(const UpstreamSettings&) const = default;
};

// Destroyed before its io_context and its timers. That ends each exchange that is still at work
// with FailureKind::unavailable. May be derived from, for a service that is played.
class Upstream {
  public:
    Upstream(
        Executor executor,
        Timers& timers,
        UpstreamSettings settings,
        const std::shared_ptr<UpstreamGauges>& gauges = std::make_shared<UpstreamGauges>()
    );
    virtual ~Upstream();
    Upstream(const Upstream&) = delete;
    Upstream& operator=(const Upstream&) = delete;

    const UpstreamSettings& settings() const noexcept;
    Executor executor() const noexcept;
    Timers& timers() const noexcept;

    // Take nothing from the pool before send().
    virtual std::shared_ptr<Exchange> exchange();
    std::unique_ptr<AwaitedExchange> awaited_exchange();

    // What calls pass on their way to an exchange; null where no policy asks for anything.
    CallLayers* layers() const noexcept { return layers_.get(); }

    // Closes the connections that wait for work, and from now on each leased one when its exchange
    // ends. Checks no health any more.
    void drain();

    std::size_t idle_connections() const noexcept;
    std::size_t open_connections() const noexcept;  // idle, leased and connecting
    std::size_t waiting() const noexcept;           // exchanges that wait for a connection

  private:
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<CallLayers> layers_;
    std::unique_ptr<HealthChecks> health_;
};

}  // namespace weft
