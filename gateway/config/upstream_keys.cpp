#include "config/gateway_keys.hpp"
#include "config/patterns.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t gib = 1ULL << 30;

// Holds an empty one after a mistake, so that it is not missing, too.
struct UrlList {
    ValueForm form() const {
        ValueForm form = TextListType{"a list of `http://host:port`", pattern::url}.form();
        form.least = 1;
        return form;
    }
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const {
        auto urls = TextListType{}.read(reading, value);
        if (urls && urls->empty() && value.node.items.empty())
            reading.wrong(value, "must not be empty");
        if (!urls || urls->empty()) return std::vector<Written<std::string>>{{{}, value.node.at}};
        return urls;
    }
};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table.
const KeyTable<WrittenUpstream>& upstream_keys() {
    using Upstream = WrittenUpstream;
    static const KeyTable<Upstream> table{
        "upstream",
        "A service that routes may call.",
        {
            key("url",
                &Upstream::url,
                TextType{.looks_like = "`http://host:port`", .pattern = pattern::url},
                "Where the service is; names are resolved when Weft starts"),
            key("urls",
                &Upstream::urls,
                UrlList{},
                "Where its instances are; a call goes to the one with the fewest calls in flight"),
            by_default(
                "`defaults.timeout`",
                key("timeout",
                    &Upstream::timeout,
                    DurationType{1ms, 1h},
                    "The longest a call may take, waiting for a connection included")
            ),
            by_default(
                "`defaults.connect_timeout`",
                key("connect_timeout",
                    &Upstream::connect_timeout,
                    DurationType{1ms, 1min},
                    "The longest one attempt to connect may take; then the next address is tried")
            ),
            key("max_connections",
                &Upstream::max_connections,
                CountType{1, 100'000},
                "Connections of the process to this service; calls beyond wait for one"),
            by_default(
                "`defaults.max_body`",
                key("max_body",
                    &Upstream::max_body,
                    SizeType{1, gib},
                    "The largest body a step takes from this service")
            ),
            key("forward",
                &Upstream::forward,
                TextListType{"a list of header names", pattern::header_name},
                "Headers of the client this service may see beyond those that all see"),
            key("headers",
                &Upstream::headers,
                NamedTextsType{"a map, header name to text"},
                "Fixed headers of every call to this service; those of a step replace them"),
            key("max_concurrency",
                &Upstream::max_concurrency,
                CountType{1, 100'000},
                "Calls of the process at work at a time; a few requests wait, others get 503"),
            key("coalesce",
                &Upstream::coalesce,
                BooleanType{},
                "Whether steps that GET the same with the same headers share one call; the service "
                "is not told whose it is"),
            key("retry",
                &Upstream::retry,
                MapType<WrittenRetry>{retry_keys},
                "How calls of steps are tried again; without it they are not"),
            key("circuit_breaker",
                &Upstream::circuit_breaker,
                MapType<WrittenCircuitBreaker>{circuit_breaker_keys},
                "When the service is left alone because calls fail, with 503; without it never"),
            key("health",
                &Upstream::health,
                MapType<WrittenHealth>{health_keys},
                "How instances are checked; without it only by how calls end"),
            key("balance",
                &Upstream::balance,
                TextType{.choices = {"least_requests", "round_robin"}},
                "How an instance is chosen: by the calls in flight, or in turn"),
        },
        {{"url"}, {"urls"}}};
    return table;
}

const KeyTable<WrittenDefaults>& defaults_keys() {
    using Defaults = WrittenDefaults;
    static const KeyTable<Defaults> table{
        "defaults",
        "What upstreams and routes take that do not say otherwise.",
        {
            key("timeout", &Defaults::timeout, DurationType{1ms, 1h}, "`timeout` of the upstreams"),
            key("connect_timeout",
                &Defaults::connect_timeout,
                DurationType{1ms, 1min},
                "`connect_timeout` of the upstreams"),
            key("max_body", &Defaults::max_body, SizeType{1, gib}, "`max_body` of the upstreams"),
            key("route_timeout",
                &Defaults::route_timeout,
                DurationType{1ms, 1h},
                "`timeout` of the routes"),
        }};
    return table;
}

}  // namespace weft
