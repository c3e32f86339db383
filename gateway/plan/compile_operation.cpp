#include "plan/compile_operation.hpp"

#include <array>
#include <string>
#include <string_view>

namespace weft {
namespace {

template <std::size_t count>
using Words = std::array<std::string_view, count>;

// The index of the word that is written; after an error, 0.
template <std::size_t count>
std::size_t index_of(
    const Written<std::string>& written, const Words<count>& words, Diagnostics& diagnostics
) {
    for (std::size_t i = 0; i < count; ++i) {
        if (written.value == words[i]) return i;
    }
    std::string all;
    for (const auto word : words) all.append(all.empty() ? "" : ", ").append(word);
    if (!written.value.empty()) {
        diagnostics.error(
            written.at,
            in_quotes(written.value) + " is none of " + all +
                did_you_mean(written.value, {words.begin(), words.end()})
        );
    }
    return 0;
}

}  // namespace

Limits compile_limits(const WrittenLimits& written) noexcept {
    return {
        .head = written.head,
        .target = written.target,
        .field = written.field,
        .fields = static_cast<std::uint32_t>(written.fields),
        .body = written.body,
        .body_rate = written.body_rate,
        .connections = static_cast<std::uint32_t>(written.connections),
        .connections_per_address =
            static_cast<std::uint32_t>(written.connections_per_address.value_or(written.connections)
            ),
        .in_flight = static_cast<std::uint32_t>(written.in_flight),
        .adaptive = written.adaptive,
        .max_calls = static_cast<std::uint32_t>(written.max_calls),
        .max_answer = written.max_answer,
    };
}

Timeouts compile_timeouts(const WrittenTimeouts& written) noexcept {
    return {
        .first_byte = written.first_byte,
        .head = written.head,
        .body = written.body,
        .idle = written.idle,
        .write = written.write,
    };
}

LogPlan compile_log(const WrittenLog& written, Diagnostics& diagnostics) {
    constexpr Words<3> levels{"info", "warn", "error"};
    constexpr Words<2> formats{"plain", "json"};
    LogPlan plan;
    plan.access = written.access;
    plan.level = static_cast<LogLevel>(index_of(written.level, levels, diagnostics));
    plan.format = static_cast<LogFormat>(index_of(written.format, formats, diagnostics));
    return plan;
}

std::vector<AddressRange> compile_trusted_proxies(
    const std::vector<Written<std::string>>& written, Diagnostics& diagnostics
) {
    std::vector<AddressRange> ranges;
    for (const auto& text : written) {
        if (const auto range = AddressRange::parse(text.value)) {
            ranges.push_back(*range);
            continue;
        }
        diagnostics.error(
            text.at,
            in_quotes(text.value) +
                " is no address and no range of addresses: 10.0.0.0/8 and 2001:db8::1 are"
        );
    }
    return ranges;
}

}  // namespace weft
