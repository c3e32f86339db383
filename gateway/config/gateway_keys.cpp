#include "config/gateway_keys.hpp"

#include "config/quantity.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kib = 1ULL << 10;
constexpr std::uint64_t gib = 1ULL << 30;

struct Version {
    std::optional<std::uint64_t> read(Reading& reading, const Value& value) const {
        const auto version = Count{0, UINT64_MAX}.read(reading, value);
        if (!version || *version == 1) return version;
        reading.wrong(value, "must be 1: this version of Weft knows no other");
        return std::nullopt;
    }
};

// `auto`, or how many.
struct Workers {
    std::optional<std::optional<Written<std::uint64_t>>> read(Reading& reading, const Value& value)
        const {
        if (value.node.kind == NodeKind::scalar) {
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
        const auto count = Count{1, 1024}.read(reading, value);
        if (!count) return std::nullopt;
        return Written<std::uint64_t>{*count, value.node.at};
    }
};

struct SingleUrl {
    std::optional<std::vector<Written<std::string>>> read(Reading& reading, const Value& value)
        const {
        auto url = Text{}.read(reading, value);
        return std::vector<Written<std::string>>{std::move(*url)};
    }
};

// `off`, `stdout`, or the path of a file.
void read_access(Reading& reading, const Value& value, WrittenLog& log) {
    auto text = Text{}.read(reading, value);
    if (text->value.empty()) return;
    if (text->value == "off") {
        log.access = AccessLog::off;
    } else if (text->value == "stdout") {
        log.access = AccessLog::standard_output;
    } else {
        log.access = AccessLog::file;
        log.access_file = std::move(*text);
    }
}

}  // namespace

const KeyTable<WrittenGateway>& gateway_keys() {
    using Gateway = WrittenGateway;
    static const KeyTable<Gateway> table{
        required(key("version", &Gateway::version, Version{})),
        key("listen", &Gateway::listen, Text{}),
        key("admin", &Gateway::admin, Map<WrittenAdmin>{admin_keys}),
        key("workers", &Gateway::workers, Workers{}),
        required(key("routes", &Gateway::route_files, Text{})),
        key("upstreams", &Gateway::upstreams, Named<WrittenUpstream>{"upstream", upstream_keys}),
        key("limits", &Gateway::limits, Map<WrittenLimits>{limits_keys}),
        key("timeouts", &Gateway::timeouts, Map<WrittenTimeouts>{timeouts_keys}),
        key("drain", &Gateway::drain, Map<WrittenDrain>{drain_keys}),
        key("log", &Gateway::log, Map<WrittenLog>{log_keys}),
        not_yet<Gateway>("defaults"),
        not_yet<Gateway>("trusted_proxies"),
    };
    return table;
}

const KeyTable<WrittenUpstream>& upstream_keys() {
    using Upstream = WrittenUpstream;
    static const KeyTable<Upstream> table{
        required(key("url", &Upstream::urls, SingleUrl{})),
        key("timeout", &Upstream::timeout, Duration{1ms, 1h}),
        key("connect_timeout", &Upstream::connect_timeout, Duration{1ms, 1min}),
        key("max_connections", &Upstream::max_connections, Count{1, 100'000}),
        key("max_body", &Upstream::max_body, Size{1, gib}),
        key("forward", &Upstream::forward, TextList{}),
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
        required(key("listen", &WrittenAdmin::listen, Text{})),
        key("expose", &WrittenAdmin::expose, Boolean{}),
    };
    return table;
}

const KeyTable<WrittenLimits>& limits_keys() {
    using Limits = WrittenLimits;
    // A head is tokenised by Beast, whose own limit must stay above ours and below 64 KiB.
    static const KeyTable<Limits> table{
        key("head", &Limits::head, Size{kib, 60 * kib}),
        key("target", &Limits::target, Size{64, 32 * kib}),
        key("field", &Limits::field, Size{64, 60 * kib}),
        key("fields", &Limits::fields, Count{8, 1'000}),
        key("body", &Limits::body, Size{1, gib}),
        key("connections", &Limits::connections, Count{1, 1'000'000}),
        key("max_calls", &Limits::max_calls, Count{1, 10'000}),
        key("max_answer", &Limits::max_answer, Size{kib, gib}),
        not_yet<Limits>("connections_per_address"),
        not_yet<Limits>("in_flight"),
    };
    return table;
}

const KeyTable<WrittenTimeouts>& timeouts_keys() {
    using Timeouts = WrittenTimeouts;
    static const KeyTable<Timeouts> table{
        key("head", &Timeouts::head, Duration{1ms, 1h}),
        key("body", &Timeouts::body, Duration{1ms, 1h}),
        key("idle", &Timeouts::idle, Duration{1ms, 1h}),
        key("write", &Timeouts::write, Duration{1ms, 1h}),
    };
    return table;
}

const KeyTable<WrittenDrain>& drain_keys() {
    static const KeyTable<WrittenDrain> table{
        key("delay", &WrittenDrain::delay, Duration{0ms, 10min}),
        key("timeout", &WrittenDrain::timeout, Duration{1ms, 1h}),
    };
    return table;
}

const KeyTable<WrittenLog>& log_keys() {
    static const Choice<LogLevel> level{
        {{"debug", LogLevel::debug},
         {"info", LogLevel::info},
         {"warning", LogLevel::warning},
         {"error", LogLevel::error}}};
    static const KeyTable<WrittenLog> table{
        key("level", &WrittenLog::level, level),
        {"access", Presence::optional, read_access},
    };
    return table;
}

}  // namespace weft
