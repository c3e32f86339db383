#include "app/upstream_settings.hpp"

#include <algorithm>

namespace weft {
namespace {

RetryPolicy retry_policy(const RetryPlan& plan) {
    RetryPolicy policy;
    policy.attempts = plan.attempts;
    policy.statuses = plan.statuses;
    policy.backoff = plan.backoff;
    if (plan.attempt_timeout) policy.attempt_timeout = *plan.attempt_timeout;
    return policy;
}

CircuitBreakerPolicy circuit_breaker_policy(const CircuitBreakerPlan& plan) {
    return {
        .window = plan.window,
        .least_calls = plan.least_calls,
        .failure_percent = plan.failure_percent,
        .connect_failures = plan.connect_failures,
        .open = plan.open,
        .longest_open = plan.longest_open,
    };
}

HealthPolicy health_policy(const HealthPlan& plan) {
    return {
        .path = plan.path,
        .interval = plan.interval,
        .timeout = plan.timeout,
        .failures = plan.failures,
        .successes = plan.successes,
    };
}

std::size_t share_of(std::uint32_t limit, std::uint32_t workers) {
    return std::max<std::size_t>(limit / workers, 1);
}

}  // namespace

UpstreamSettings upstream_settings(const UpstreamPlan& plan, std::uint32_t workers) {
    UpstreamSettings settings;
    settings.name = plan.name;
    settings.connect_timeout = plan.connect_timeout;
    settings.max_connections = share_of(plan.max_connections, workers);
    settings.max_body = plan.max_body;
    settings.balance = plan.balance == BalancePlan::round_robin ? BalanceRule::round_robin
                                                                : BalanceRule::least_requests;
    if (plan.max_concurrency) settings.max_concurrency = share_of(*plan.max_concurrency, workers);
    settings.coalesce = plan.coalesce;
    if (plan.retry) settings.retry = retry_policy(*plan.retry);
    if (plan.circuit_breaker) {
        settings.circuit_breaker = circuit_breaker_policy(*plan.circuit_breaker);
    }
    if (plan.health) settings.health = health_policy(*plan.health);
    return settings;
}

}  // namespace weft
