#include "config/gateway_keys.hpp"

#include "config/quantity.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kib = 1ULL << 10;
constexpr std::uint64_t gib = 1ULL << 30;

struct Version {
    std::optional<std::uint64_t> read(Reading& reading, const WrittenValue& value) const {
        const auto version = CountType{0, UINT64_MAX}.read(reading, value);
        if (!version || *version == 1) return version;
        reading.wrong(value, "must be 1: this version of Weft knows no other");
        return std::nullopt;
    }
};

// `auto`, or how many.
struct Workers {
    std::optional<std::optional<Written<std::uint64_t>>> read(
        Reading& reading, const WrittenValue& value
    ) const {
        if (value.node.kind == YamlNodeKind::scalar) {
            const auto scalar = reading.scalar(value.node, TextUse::literal);
            if (!scalar) return std::nullopt;
            if (scalar->text == "auto") return std::optional<Written<std::uint64_t>>{};
            if (!parse_count(scalar->text).value) {
                reading.wrong(
                    value, "must be auto or a whole number, not " + in_quotes(scalar->text)
                );
                return std::nullopt;
            }
        }
        const auto count = CountType{1, 1024}.read(reading, value);
        if (!count) return std::nullopt;
        return Written<std::uint64_t>{*count, value.node.at};
    }
};

struct SingleUrl {
    std::optional<std::vector<Written<std::string>>> read(
        Reading& reading, const WrittenValue& value
    ) const {
        auto url = TextType{}.read(reading, value);
        return std::vector<Written<std::string>>{std::move(*url)};
    }
};

}  // namespace

const KeyTable<WrittenGateway>& gateway_keys() {
    using Gateway = WrittenGateway;
    static const KeyTable<Gateway> table{
        required(key("version", &Gateway::version, Version{})),
        key("listen", &Gateway::listen, TextType{}),
        key("admin", &Gateway::admin, MapType<WrittenAdmin>{admin_keys}),
        key("workers", &Gateway::workers, Workers{}),
        required(key("routes", &Gateway::route_files, TextType{})),
        key("upstreams", &Gateway::upstreams, NamedType<WrittenUpstream>{"upstream", upstream_keys}
        ),
        key("limits", &Gateway::limits, MapType<WrittenLimits>{limits_keys}),
        key("timeouts", &Gateway::timeouts, MapType<WrittenTimeouts>{timeouts_keys}),
        key("drain", &Gateway::drain, MapType<WrittenDrain>{drain_keys}),
        not_yet<Gateway>("defaults"),
        not_yet<Gateway>("trusted_proxies"),
        not_yet<Gateway>("log"),
    };
    return table;
}

const KeyTable<WrittenUpstream>& upstream_keys() {
    using Upstream = WrittenUpstream;
    static const KeyTable<Upstream> table{
        required(key("url", &Upstream::urls, SingleUrl{})),
        key("timeout", &Upstream::timeout, DurationType{1ms, 1h}),
        key("connect_timeout", &Upstream::connect_timeout, DurationType{1ms, 1min}),
        key("max_connections", &Upstream::max_connections, CountType{1, 100'000}),
        key("max_body", &Upstream::max_body, SizeType{1, gib}),
        key("forward", &Upstream::forward, TextListType{}),
        not_yet<Upstream>("urls"),
        not_yet<Upstream>("max_concurrency"),
        not_yet<Upstream>("retry"),
        not_yet<Upstream>("circuit_breaker"),
        not_yet<Upstream>("coalesce"),
        not_yet<Upstream>("headers"),
        not_yet<Upstream>("health"),
        not_yet<Upstream>("balance"),
    };
    return table;
}

const KeyTable<WrittenAdmin>& admin_keys() {
    static const KeyTable<WrittenAdmin> table{
        required(key("listen", &WrittenAdmin::listen, TextType{})),
        key("expose", &WrittenAdmin::expose, BooleanType{}),
    };
    return table;
}

const KeyTable<WrittenLimits>& limits_keys() {
    using Limits = WrittenLimits;
    // A head is tokenised by Beast, whose own limit must stay above ours and below 64 KiB.
    static const KeyTable<Limits> table{
        key("head", &Limits::head, SizeType{kib, 60 * kib}),
        key("target", &Limits::target, SizeType{64, 32 * kib}),
        key("field", &Limits::field, SizeType{64, 60 * kib}),
        key("fields", &Limits::fields, CountType{8, 1'000}),
        key("body", &Limits::body, SizeType{1, gib}),
        key("connections", &Limits::connections, CountType{1, 1'000'000}),
        key("max_calls", &Limits::max_calls, CountType{1, 10'000}),
        key("max_answer", &Limits::max_answer, SizeType{kib, gib}),
        not_yet<Limits>("connections_per_address"),
        not_yet<Limits>("in_flight"),
    };
    return table;
}

const KeyTable<WrittenTimeouts>& timeouts_keys() {
    using Timeouts = WrittenTimeouts;
    static const KeyTable<Timeouts> table{
        key("head", &Timeouts::head, DurationType{1ms, 1h}),
        key("body", &Timeouts::body, DurationType{1ms, 1h}),
        key("idle", &Timeouts::idle, DurationType{1ms, 1h}),
        key("write", &Timeouts::write, DurationType{1ms, 1h}),
    };
    return table;
}

const KeyTable<WrittenDrain>& drain_keys() {
    static const KeyTable<WrittenDrain> table{
        key("delay", &WrittenDrain::delay, DurationType{0ms, 10min}),
        key("timeout", &WrittenDrain::timeout, DurationType{1ms, 1h}),
    };
    return table;
}

}  // namespace weft
