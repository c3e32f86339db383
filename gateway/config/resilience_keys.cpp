// The words of what stands around the calls to a service.
#include "config/gateway_keys.hpp"
#include "config/patterns.hpp"
#include "config/value_types.hpp"

namespace weft {

using namespace std::chrono_literals;

namespace {

// Which ones may be among them is checked in plan/.
struct RetryStatuses : StatusesType {
    ValueForm form() const {
        ValueForm form = StatusesType::form();
        form.looks_like = "`502`, `503` or `504`, or a list of them";
        return form;
    }
};

}  // namespace

const KeyTable<WrittenRetry>& retry_keys() {
    using Retry = WrittenRetry;
    static const KeyTable<Retry> table{
        "retry",
        "How calls to a service are tried again. Never a POST or PATCH without an Idempotency-Key, "
        "never after a 4xx, never past the call's timeout, and no more than a tenth of the calls "
        "(or three a second).",
        {
            key("attempts", &Retry::attempts, CountType{1, 10}, "How often, the first included"),
            key("statuses",
                &Retry::statuses,
                RetryStatuses{},
                "The answers to try again after; without them only lost and refused connections"),
            key("backoff",
                &Retry::backoff,
                DurationType{1ms, 1min},
                "The longest rest before the second attempt; it doubles, up to ten times as long"),
            by_default(
                "what is left of the call's",
                key("attempt_timeout",
                    &Retry::attempt_timeout,
                    DurationType{1ms, 1h},
                    "The longest one attempt may take")
            ),
        }};
    return table;
}

const KeyTable<WrittenCircuitBreaker>& circuit_breaker_keys() {
    using Breaker = WrittenCircuitBreaker;
    static const KeyTable<Breaker> table{
        "circuit_breaker",
        "When a service is left alone because calls to it fail. After a while one call is let "
        "through, and decides. Each worker has its own.",
        {
            key("window",
                &Breaker::window,
                DurationType{100ms, 1h},
                "The time in which calls are counted"),
            key("least_calls",
                &Breaker::least_calls,
                CountType{1, 1'000'000},
                "Calls there must be in it before it judges"),
            key("failure_percent",
                &Breaker::failure_percent,
                CountType{1, 100},
                "How many of them must fail: 5xx, no answer, a broken one; 4xx are answers"),
            key("connect_failures",
                &Breaker::connect_failures,
                CountType{1, 1'000},
                "Connections in a row that fail and open it at once"),
            key("open",
                &Breaker::open,
                DurationType{10ms, 1h},
                "How long no call is made; doubles each time the trial fails"),
            key("longest_open",
                &Breaker::longest_open,
                DurationType{10ms, 1h},
                "What it doubles up to"),
        }};
    return table;
}

const KeyTable<WrittenHealth>& health_keys() {
    using Health = WrittenHealth;
    static const KeyTable<Health> table{
        "health",
        "How the instances of a service are checked. One that is unhealthy gets no calls as long "
        "as there are others; if all are, calls end with 503. Each worker checks by itself.",
        {
            required(
                key("path",
                    &Health::path,
                    TextType{.looks_like = "a path", .pattern = pattern::path},
                    "What to GET; 2xx is healthy")
            ),
            key("interval", &Health::interval, DurationType{100ms, 1h}, "The time between checks"),
            key("timeout",
                &Health::timeout,
                DurationType{1ms, 1h},
                "The longest a check may take; not longer than `interval`"),
            key("failures",
                &Health::failures,
                CountType{1, 100},
                "Checks in a row that make an instance unhealthy"),
            key("successes",
                &Health::successes,
                CountType{1, 100},
                "Checks in a row that make it healthy again"),
        }};
    return table;
}

}  // namespace weft
