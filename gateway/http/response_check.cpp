#include "http/response_check.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "http/characters.hpp"
#include "http/framing.hpp"
#include "http/hop_by_hop.hpp"

namespace weft {
namespace {

constexpr std::uint16_t switching_protocols = 101;
constexpr std::uint16_t no_content = 204;
constexpr std::uint16_t not_modified = 304;

// RFC 9112 section 6.3, rule 1
bool has_no_body(std::uint16_t status, Method method) noexcept {
    return method == Method::head || status < 200 || status == no_content || status == not_modified;
}

std::optional<std::chrono::seconds> parse_seconds(std::string_view number) noexcept {
    constexpr std::size_t most_digits = 6;  // eleven days; more means as much
    if (number.empty() || run_of(digits, number) != number.size()) return std::nullopt;
    int seconds = 0;
    const std::string_view read = number.substr(0, most_digits);
    std::from_chars(read.data(), read.data() + read.size(), seconds);
    return std::chrono::seconds{seconds};
}

// Keep-Alive: timeout=N (RFC 2068 section 19.7.1); nothing if there is none or it is no number.
std::optional<std::chrono::seconds> timeout_of(std::string_view parameters) noexcept {
    constexpr std::string_view name = "timeout=";
    while (!parameters.empty()) {
        const std::size_t comma = std::min(parameters.find(','), parameters.size());
        const std::string_view parameter = trimmed(parameters.substr(0, comma));
        if (equal_ignoring_case(parameter.substr(0, name.size()), name)) {
            return parse_seconds(parameter.substr(name.size()));
        }
        parameters.remove_prefix(std::min(comma + 1, parameters.size()));
    }
    return std::nullopt;
}

}  // namespace

Result<ResponseHead> check_response(ResponseTokens tokens, const AnswerRules& rules) {
    ResponseHead head;
    head.status = tokens.status;
    head.minor_version = tokens.minor_version;
    head.fields = std::move(tokens.fields);
    if (head.status == switching_protocols) {
        return Failure{FailureKind::protocol, "101 without being asked for another protocol"};
    }
    const FramingFields fields{head.fields};
    const ConnectionOptions& options = fields.connection;
    if (options.refused() || nominates_framing(options)) {
        return Failure{FailureKind::protocol, "Connection is not a list of names that it may have"};
    }
    head.keep_alive = asks_to_keep_alive(options, head.minor_version);
    head.keep_alive_timeout = timeout_of(fields.keep_alive.value);
    const auto framing = response_framing(fields, head.minor_version);
    if (!framing) return framing.error();
    if (has_no_body(head.status, rules.method)) return head;
    head.body = *framing;
    if (rules.codings == ContentCodings::identity && !fields.is_identity) {
        return Failure{FailureKind::content_coding, "a content coding although identity was asked"};
    }
    return head;
}

}  // namespace weft
