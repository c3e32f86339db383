#include "config/gateway_keys.hpp"

#include "config/patterns.hpp"
#include "config/quantity.hpp"
#include "config/value_types.hpp"

namespace weft {
namespace {

struct Version {
    ValueForm form() const {
        ValueForm form{FormKind::count, "`1`"};
        form.least = form.most = 1;
        return form;
    }
    std::optional<std::uint64_t> read(Reading& reading, const WrittenValue& value) const {
        const auto version = CountType{0, UINT64_MAX}.read(reading, value);
        if (!version || *version == 1) return version;
        reading.wrong(value, "must be 1: this version of Weft knows no other");
        return std::nullopt;
    }
};

// `auto`, or how many.
struct Workers {
    ValueForm form() const {
        ValueForm form = CountType{1, most}.form();
        form.looks_like = "`auto` or " + form.looks_like;
        form.choices = {"auto"};
        return form;
    }
    std::string text(const std::optional<Written<std::uint64_t>>& count) const {
        return count ? std::to_string(count->value) : "auto";
    }
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
        const auto count = CountType{1, most}.read(reading, value);
        if (!count) return std::nullopt;
        return Written<std::uint64_t>{*count, value.node.at};
    }

  private:
    static constexpr std::uint64_t most = 1024;
};

}  // namespace

// NOLINTNEXTLINE(readability-function-size): a table.
const KeyTable<WrittenGateway>& gateway_keys() {
    using Gateway = WrittenGateway;
    static const KeyTable<Gateway> table{
        "gateway",
        "The gateway file: where Weft listens, whom it calls, and where its routes are.",
        {
            required(key("version", &Gateway::version, Version{}, "The version of this language")),
            key("listen",
                &Gateway::listen,
                TextType{.looks_like = "`host:port`", .pattern = pattern::address},
                "The address clients connect to; port 0 takes any free one"),
            key("admin",
                &Gateway::admin,
                MapType<WrittenAdmin>{admin_keys},
                "The address health and metrics are asked at; without it there is none"),
            key("workers",
                &Gateway::workers,
                Workers{},
                "How many threads serve; `auto` is one for each core"),
            required(
                key("routes",
                    &Gateway::route_files,
                    TextType{.looks_like = "a path, `*` and `?` allowed"},
                    "The route files, relative to this file")
            ),
            key("upstreams",
                &Gateway::upstreams,
                NamedType<WrittenUpstream>{"upstream", upstream_keys},
                "The services that routes may call, by name"),
            key("defaults",
                &Gateway::defaults,
                MapType<WrittenDefaults>{defaults_keys},
                "What upstreams and routes take that do not say otherwise"),
            key("limits",
                &Gateway::limits,
                MapType<WrittenLimits>{limits_keys},
                "How much a client may send, ask for and get"),
            key("timeouts",
                &Gateway::timeouts,
                MapType<WrittenTimeouts>{timeouts_keys},
                "How long a client's connection may take"),
            key("trusted_proxies",
                &Gateway::trusted_proxies,
                TextListType{"a list of addresses and ranges, as `10.0.0.0/8`"},
                "Peers whose `X-Forwarded-*` and `Forwarded` are kept; those of others are replaced"
            ),
            key("drain",
                &Gateway::drain,
                MapType<WrittenDrain>{drain_keys},
                "How Weft ends when it is told to"),
            key("log",
                &Gateway::log,
                MapType<WrittenLog>{log_keys},
                "What Weft writes about its work"),
        }};
    return table;
}

const KeyTable<WrittenAdmin>& admin_keys() {
    static const KeyTable<WrittenAdmin> table{
        "admin",
        "Where health and metrics are asked.",
        {
            required(
                key("listen",
                    &WrittenAdmin::listen,
                    TextType{.looks_like = "`host:port`", .pattern = pattern::address},
                    "Another address than clients connect to")
            ),
            key("expose",
                &WrittenAdmin::expose,
                BooleanType{},
                "Must be `true` for an address that can be reached from elsewhere"),
        }};
    return table;
}

WordMap gateway_words() { return words_of(gateway_keys()); }

}  // namespace weft
