#include "http/problem.hpp"

#include <memory>
#include <string>
#include <utility>

#include "json/text.hpp"

namespace weft {
namespace {

constexpr std::uint16_t bad_request_status = 400;
constexpr std::uint16_t unavailable_status = 503;
constexpr std::size_t longest_detail = 256;  // bytes
constexpr std::size_t usual_size = 512;      // of a document, in bytes

// The kinds that blame decides: a client's value is a bad request, a service's is its own fault.
bool is_about_a_value(FailureKind kind) noexcept {
    return kind == FailureKind::missing_input || kind == FailureKind::invalid_value ||
           kind == FailureKind::not_a_list || kind == FailureKind::too_many_items;
}

bool is_clients_value(const Failure& failure) noexcept {
    return is_about_a_value(failure.kind()) && failure.fault() == Fault::client;
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out.append(out.size() > 1 ? "," : "").append("\"").append(name).append("\":");
    append_json_string(out, text);
}

std::string document(const Failure& failure, const ProblemContext& context, std::uint16_t status) {
    const FailureTraits& about = traits(failure.kind());
    std::string out;
    out.reserve(usual_size);
    out.push_back('{');
    append_member(out, "type", std::string{"urn:weft:"}.append(about.code));
    append_member(out, "title", about.title);
    out.append(",\"status\":").append(std::to_string(status));
    append_member(out, "code", about.code);
    append_member(out, "instance", context.instance);
    append_member(out, "request_id", context.request_id);
    append_member(out, "step", failure.step());
    append_member(out, "upstream", failure.upstream());
    // Of a service's or the gateway's own failures a client is told no more than the code.
    if (failure.fault() == Fault::client) {
        append_member(out, "detail", std::string_view{failure.detail()}.substr(0, longest_detail));
    }
    out.push_back('}');
    return out;
}

// RFC 9209 sections 2.1 and 2.3
std::string proxy_status(const Failure& failure) {
    const std::string_view error = is_clients_value(failure)
                                       ? traits(FailureKind::bad_request).proxy_error
                                       : traits(failure.kind()).proxy_error;
    std::string out = "weft";
    if (!error.empty()) out.append("; error=").append(error);
    if (failure.kind() == FailureKind::json) out.append("; details=\"json\"");
    if (failure.upstream_status() != 0) {
        out.append("; received-status=").append(std::to_string(failure.upstream_status()));
    }
    return out;
}

}  // namespace

std::uint16_t problem_status(const Failure& failure) noexcept {
    return is_clients_value(failure) ? bad_request_status : traits(failure.kind()).status;
}

Answer problem(const Failure& failure, const ProblemContext& context) {
    const std::uint16_t status = context.status != 0 ? context.status : problem_status(failure);
    auto body = std::make_shared<const std::string>(document(failure, context, status));
    Answer answer;
    answer.status = status;
    answer.fields.emplace_back("Content-Type", "application/problem+json");
    answer.fields.emplace_back("Cache-Control", "no-store");
    answer.fields.emplace_back("X-Content-Type-Options", "nosniff");
    answer.fields.emplace_back("Proxy-Status", proxy_status(failure));
    if (status == unavailable_status) {
        answer.fields.emplace_back("Retry-After", std::to_string(context.retry_after.count()));
    }
    answer.pieces.emplace_back(*body);
    answer.owners.push_back(std::move(body));
    answer.close = failure.kind() == FailureKind::internal;
    return answer;
}

}  // namespace weft
