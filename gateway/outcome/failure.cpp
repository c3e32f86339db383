#include "outcome/failure.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace weft {
namespace {

struct Row {
    FailureKind kind;
    FailureTraits traits;
};

constexpr auto client = Fault::client;
constexpr auto gateway = Fault::gateway;
constexpr auto upstream = Fault::upstream;

// In the order of the enumeration; the static_assert below holds it there. One row a line, as it is
// read.
// clang-format off
constexpr std::array rows{
    Row{FailureKind::bad_request, {"bad_request", "Bad request", 400, client, "http_request_error"}},
    Row{FailureKind::request_timeout, {"bad_request", "Request not received in time", 408, client, "http_request_error"}},
    Row{FailureKind::request_body_too_large, {"bad_request", "Request body too large", 413, client, "http_request_error"}},
    Row{FailureKind::target_too_long, {"bad_request", "Request target too long", 414, client, "http_request_error"}},
    Row{FailureKind::request_head_too_large, {"bad_request", "Request header too large", 431, client, "http_request_error"}},
    Row{FailureKind::expectation_failed, {"bad_request", "Expectation not supported", 417, client, "http_request_error"}},
    Row{FailureKind::method_unknown, {"bad_request", "Method not known", 501, client, "http_request_error"}},
    Row{FailureKind::request_coding_unknown, {"bad_request", "Transfer coding not supported", 501, client, "http_request_error"}},
    Row{FailureKind::version_unsupported, {"bad_request", "HTTP version not supported", 505, client, "http_request_error"}},
    Row{FailureKind::bad_request_body, {"bad_request_body", "Request body is not valid JSON", 400, client, "http_request_error"}},
    Row{FailureKind::not_found, {"not_found", "No such route", 404, client, "http_request_error"}},
    Row{FailureKind::method_not_allowed, {"method_not_allowed", "Method not allowed", 405, client, "http_request_error"}},
    Row{FailureKind::client_gone, {"client_gone", "Client went away", 499, client, ""}},
    Row{FailureKind::overloaded, {"overloaded", "Gateway overloaded", 503, gateway, "proxy_internal_response"}},
    Row{FailureKind::response_invalid, {"response_invalid", "Answer could not be composed", 502, gateway, "proxy_internal_response"}},
    Row{FailureKind::internal, {"internal", "Internal error", 500, gateway, "proxy_internal_error"}},
    Row{FailureKind::connection_refused, {"upstream_refused", "Upstream refused the connection", 502, upstream, "connection_refused"}},
    Row{FailureKind::connect_timeout, {"upstream_timeout", "Upstream timed out", 504, upstream, "connection_timeout"}},
    Row{FailureKind::connection_closed, {"upstream_closed", "Upstream closed the connection", 502, upstream, "connection_terminated"}},
    Row{FailureKind::response_incomplete, {"upstream_closed", "Upstream answer incomplete", 502, upstream, "http_response_incomplete"}},
    Row{FailureKind::read_timeout, {"upstream_timeout", "Upstream timed out", 504, upstream, "connection_read_timeout"}},
    Row{FailureKind::write_timeout, {"upstream_timeout", "Upstream did not take the request in time", 504, upstream, "connection_write_timeout"}},
    Row{FailureKind::deadline, {"deadline", "Deadline passed", 504, upstream, "http_response_timeout"}},
    Row{FailureKind::response_head_too_large, {"upstream_too_large", "Upstream header too large", 502, upstream, "http_response_header_section_size"}},
    Row{FailureKind::response_body_too_large, {"upstream_too_large", "Upstream body too large", 502, upstream, "http_response_body_size"}},
    Row{FailureKind::protocol, {"upstream_protocol", "Upstream broke the protocol", 502, upstream, "http_protocol_error"}},
    Row{FailureKind::transfer_coding, {"upstream_protocol", "Upstream transfer coding not supported", 502, upstream, "http_response_transfer_coding"}},
    Row{FailureKind::content_coding, {"upstream_protocol", "Upstream content coding not supported", 502, upstream, "http_response_content_coding"}},
    Row{FailureKind::json, {"upstream_json", "Upstream body is not the JSON that is needed", 502, upstream, "http_protocol_error"}},
    Row{FailureKind::dns, {"upstream_unavailable", "Upstream name does not resolve", 502, upstream, "dns_error"}},
    Row{FailureKind::connection_limit, {"upstream_unavailable", "Upstream is at its connection limit", 503, upstream, "connection_limit_reached"}},
    Row{FailureKind::unavailable, {"upstream_unavailable", "Upstream unavailable", 503, upstream, "destination_unavailable"}},
    Row{FailureKind::upstream_status, {"upstream_status", "Upstream answered with an error", 502, upstream, ""}},
    Row{FailureKind::missing_input, {"missing_input", "A value that is needed is missing", 502, upstream, "proxy_internal_response"}},
    Row{FailureKind::invalid_value, {"invalid_value", "A value cannot be used here", 502, upstream, "proxy_internal_response"}},
    Row{FailureKind::not_a_list, {"not_a_list", "A value that must be a list is none", 502, upstream, "proxy_internal_response"}},
    Row{FailureKind::too_many_items, {"too_many_items", "A list has too many items", 502, upstream, "proxy_internal_response"}},
};
// clang-format on

consteval bool in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (static_cast<std::size_t>(rows[i].kind) != i) return false;
    }
    return rows.size() == static_cast<std::size_t>(FailureKind::too_many_items) + 1;
}
static_assert(in_order(), "each FailureKind has its row, in the order of the enumeration");

}  // namespace

const FailureTraits& traits(FailureKind kind) noexcept {
    return rows[static_cast<std::size_t>(kind)].traits;
}

struct Failure::Words {
    std::string step;
    std::string upstream;
    std::string detail;
};

void Failure::Forget::operator()(Words* words) const noexcept { delete words; }

Failure::Words& Failure::words() {
    if (!words_) words_.reset(new Words);
    return *words_;
}

Failure::Failure() : Failure{FailureKind::internal} {}

Failure::Failure(FailureKind kind, std::string_view detail)
    : kind_{kind}, fault_{traits(kind).fault} {
    if (!detail.empty()) words().detail = detail;
}

Failure::Failure(const Failure& other)
    : kind_{other.kind_},
      fault_{other.fault_},
      upstream_status_{other.upstream_status_},
      words_{other.words_ ? new Words{*other.words_} : nullptr} {}

Failure& Failure::operator=(const Failure& other) { return *this = Failure{other}; }

std::string_view Failure::detail() const noexcept {
    return words_ ? std::string_view{words_->detail} : std::string_view{};
}

std::string_view Failure::step() const noexcept {
    return words_ ? std::string_view{words_->step} : std::string_view{};
}

std::string_view Failure::upstream() const noexcept {
    return words_ ? std::string_view{words_->upstream} : std::string_view{};
}

Failure& Failure::at_step(std::string_view step) {
    words().step = step;
    return *this;
}

Failure& Failure::at_upstream(std::string_view upstream) {
    words().upstream = upstream;
    return *this;
}

}  // namespace weft
