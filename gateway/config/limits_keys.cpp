// The words of the gateway file about limits, times and the log.
#include "config/gateway_keys.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kib = 1ULL << 10;
constexpr std::uint64_t gib = 1ULL << 30;

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table.
const KeyTable<WrittenLimits>& limits_keys() {
    using Limits = WrittenLimits;
    // A head is tokenised by Beast, whose own limit must stay above ours and below 64 KiB.
    static const KeyTable<Limits> table{
        "limits",
        "How much a client may send, ask for and get.",
        {
            key("head", &Limits::head, SizeType{kib, 60 * kib}, "A request's line and headers"),
            key("target", &Limits::target, SizeType{64, 32 * kib}, "A request's target"),
            key("field", &Limits::field, SizeType{64, 60 * kib}, "One header, name and value"),
            key("fields", &Limits::fields, CountType{8, 1'000}, "Headers of a request"),
            key("body",
                &Limits::body,
                SizeType{1, gib},
                "A request's body; `body_limit` of a route comes first"),
            key("body_rate",
                &Limits::body_rate,
                SizeType{1, 64 << 20},
                "What a client has to send of a body each second, on average"),
            key("connections",
                &Limits::connections,
                CountType{1, 1'000'000},
                "Connections of clients to the process"),
            key("connections_per_address",
                &Limits::connections_per_address,
                CountType{1, 1'000'000},
                "Of these, from one address (IPv6: one /64) that is not in `trusted_proxies`; more "
                "are closed. Without it all may be"),
            key("in_flight",
                &Limits::in_flight,
                CountType{1, 1'000'000},
                "Requests in work at once; more are answered 503"),
            key("adaptive",
                &Limits::adaptive,
                BooleanType{},
                "Whether a route takes fewer than `in_flight` while its answers become slow"),
            key("max_calls",
                &Limits::max_calls,
                CountType{1, 10'000},
                "Calls that one request may cause; checked for each route when it is loaded"),
            key("max_answer", &Limits::max_answer, SizeType{kib, gib}, "One composed answer"),
        }};
    return table;
}

const KeyTable<WrittenTimeouts>& timeouts_keys() {
    using Timeouts = WrittenTimeouts;
    const DurationType range{1ms, 1h};
    static const KeyTable<Timeouts> table{
        "timeouts",
        "How long a client's connection may take.",
        {
            key("first_byte",
                &Timeouts::first_byte,
                range,
                "From a connection's beginning to its first byte"),
            key("head",
                &Timeouts::head,
                range,
                "From a request's first byte to the end of its headers"),
            key("body", &Timeouts::body, range, "Between two pieces of a request's body"),
            key("idle", &Timeouts::idle, range, "From an answer to the next request's first byte"),
            key("write",
                &Timeouts::write,
                range,
                "Between two pieces of an answer that a client takes"),
        }};
    return table;
}

const KeyTable<WrittenDrain>& drain_keys() {
    static const KeyTable<WrittenDrain> table{
        "drain",
        "How Weft ends when it is told to.",
        {
            key("delay",
                &WrittenDrain::delay,
                DurationType{0ms, 10min},
                "How long health says no before connections are refused"),
            key("timeout",
                &WrittenDrain::timeout,
                DurationType{1ms, 1h},
                "How long requests in work may take then"),
        }};
    return table;
}

const KeyTable<WrittenLog>& log_keys() {
    static const KeyTable<WrittenLog> table{
        "log",
        "What Weft writes about its work.",
        {
            key("access",
                &WrittenLog::access,
                BooleanType{},
                "Whether each request is a line of JSON on standard output"),
            key("level",
                &WrittenLog::level,
                TextType{.looks_like = "a level", .choices = {"info", "warn", "error"}},
                "The least that is worth a line on standard error"),
            key("format",
                &WrittenLog::format,
                TextType{.looks_like = "a format", .choices = {"plain", "json"}},
                "Of the lines on standard error"),
        }};
    return table;
}

}  // namespace weft
