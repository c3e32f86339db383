#include "plan/compile_policies.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "http/target.hpp"

namespace weft {
namespace {

std::uint32_t narrow(std::uint64_t count) { return static_cast<std::uint32_t>(count); }

std::vector<std::uint16_t> retry_statuses(const WrittenRetry& written, Diagnostics& diagnostics) {
    std::vector<std::uint16_t> statuses;
    for (const auto& text : written.statuses) {
        if (text.value.empty()) continue;  // reported when it was read
        if (text.value != "502" && text.value != "503" && text.value != "504") {
            diagnostics.error(
                text.at,
                in_quotes(text.value) +
                    " is no answer to try again after: only 502, 503 and 504 may pass by themselves"
            );
            continue;
        }
        const auto status = static_cast<std::uint16_t>(std::stoi(text.value));
        if (std::ranges::find(statuses, status) != statuses.end()) {
            diagnostics.error(text.at, in_quotes(text.value) + " stands here twice");
        }
        statuses.push_back(status);
    }
    return statuses;
}

RetryPlan compile_retry(const WrittenRetry& written, Diagnostics& diagnostics) {
    return {
        .attempts = narrow(written.attempts),
        .statuses = retry_statuses(written, diagnostics),
        .backoff = written.backoff,
        .attempt_timeout = written.attempt_timeout,
    };
}

CircuitBreakerPlan compile_breaker(const WrittenCircuitBreaker& written, Diagnostics& diagnostics) {
    CircuitBreakerPlan plan{
        .window = written.window,
        .least_calls = narrow(written.least_calls),
        .failure_percent = narrow(written.failure_percent),
        .connect_failures = narrow(written.connect_failures),
        .open = written.open,
        .longest_open = written.longest_open,
    };
    if (plan.longest_open < plan.open) {
        diagnostics.error(
            written.at,
            "\"open\" is longer than \"longest_open\", which is " +
                std::to_string(plan.longest_open.count()) + "ms: make that at least as long"
        );
    }
    return plan;
}

HealthPlan compile_health(const WrittenHealth& written, Diagnostics& diagnostics) {
    HealthPlan plan{
        .path = written.path.value,
        .interval = written.interval,
        .timeout = written.timeout,
        .failures = narrow(written.failures),
        .successes = narrow(written.successes),
    };
    if (!plan.path.empty() && !check_origin_form(plan.path)) {
        diagnostics.error(
            written.path.at,
            in_quotes(plan.path) +
                " is not a path: it begins with \"/\", and what is not allowed "
                "in a URL is percent-encoded"
        );
    }
    if (plan.timeout > plan.interval) {
        diagnostics.error(
            written.at,
            "\"timeout\", which is " + std::to_string(plan.timeout.count()) +
                "ms, is longer than \"interval\": make it at most as long"
        );
    }
    return plan;
}

BalancePlan compile_balance(const Written<std::string>& written, Diagnostics& diagnostics) {
    constexpr std::array<std::string_view, 2> known{"least_requests", "round_robin"};
    if (written.value == known[1]) return BalancePlan::round_robin;
    if (written.value != known[0] && !written.value.empty()) {
        diagnostics.error(
            written.at,
            in_quotes(written.value) +
                " is no way to balance: \"least_requests\" or \"round_robin\""
        );
    }
    return BalancePlan::least_requests;
}

}  // namespace

void compile_policies(
    const WrittenUpstream& written, UpstreamPlan& plan, Diagnostics& diagnostics
) {
    if (written.max_concurrency) plan.max_concurrency = narrow(*written.max_concurrency);
    plan.coalesce = written.coalesce;
    plan.balance = compile_balance(written.balance, diagnostics);
    if (written.retry) plan.retry = compile_retry(*written.retry, diagnostics);
    if (written.circuit_breaker) {
        plan.circuit_breaker = compile_breaker(*written.circuit_breaker, diagnostics);
    }
    if (written.health) plan.health = compile_health(*written.health, diagnostics);
}

}  // namespace weft
