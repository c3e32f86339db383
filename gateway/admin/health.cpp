#include "admin/health.hpp"

#include <boost/asio/ip/address.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "http/problem.hpp"

namespace weft {
namespace {

// Without the port and without brackets. The authority is well-formed (http/message.hpp).
std::string_view host_of(std::string_view authority) {
    if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
    return authority.substr(0, authority.find(':'));
}

std::optional<asio::ip::address> as_address(std::string_view host) {
    error_code error;
    const auto address = asio::ip::make_address(std::string{host}, error);
    if (error) return std::nullopt;
    return address;
}

constexpr std::string_view json = "application/json";
constexpr std::string_view prometheus_text = "text/plain; version=0.0.4; charset=utf-8";

Answer answer_with(std::uint16_t status, std::string_view type, std::string body) {
    Answer answer;
    answer.status = status;
    answer.fields.emplace_back("Content-Type", type);
    answer.fields.emplace_back("Cache-Control", "no-store");
    answer.fields.emplace_back("X-Content-Type-Options", "nosniff");
    auto kept = std::make_shared<const std::string>(std::move(body));
    answer.pieces.push_back(*kept);
    answer.owners.push_back(std::move(kept));
    return answer;
}

std::string_view to_text(ReloadEnd end) {
    switch (end) {
        case ReloadEnd::none_yet:
            return "null";
        case ReloadEnd::succeeded:
            return R"("succeeded")";
        case ReloadEnd::failed:
            return R"("failed")";
    }
    return "null";
}

Answer readiness_answer(const Health& health) {
    const bool ready = health.readiness == Readiness::ready;
    std::string body = ready ? R"({"status":"ready")" : R"({"status":"draining")";
    body.append(R"(,"reloads":{"succeeded":)").append(std::to_string(health.reloads_succeeded));
    body.append(R"(,"failed":)").append(std::to_string(health.reloads_failed));
    body.append(R"(,"last":)").append(to_text(health.last_reload)).append("}}");
    return answer_with(ready ? 200 : 503, json, std::move(body));
}

Answer refusal(FailureKind kind, std::uint16_t status, const Request& request) {
    ProblemContext context;
    context.instance = request.head->path;
    context.request_id = request.request_id;
    context.status = status;
    if (request.record != nullptr) request.record->failure = kind;
    return problem(Failure{kind}, context);
}

}  // namespace

HealthHandler::HealthHandler(
    std::string listen_host, std::function<Health()> health, std::function<std::string()> metrics
)
    : listen_host_{std::move(listen_host)},
      health_{std::move(health)},
      metrics_{std::move(metrics)} {}

Awaitable<Answer> HealthHandler::handle(Request& request) { co_return answer_to(request); }

bool HealthHandler::is_ours(std::string_view authority) const {
    // HTTP/1.0 has no Host, and no browser speaks it.
    if (authority.empty()) return true;
    const std::string_view host = host_of(authority);
    if (equal_ignoring_case(host, "localhost") || equal_ignoring_case(host, listen_host_)) {
        return true;
    }
    const auto address = as_address(host);
    if (!address) return false;
    if (address->is_loopback()) return true;
    // Exposed on every address of the machine: each of them is the one listened on.
    const auto listening = as_address(listen_host_);
    return listening && listening->is_unspecified();
}

Answer HealthHandler::answer_to(const Request& request) const {
    const RequestHead& head = *request.head;
    if (!is_ours(head.authority)) {
        constexpr std::uint16_t misdirected = 421;  // RFC 9110 section 15.5.20
        return refusal(FailureKind::bad_request, misdirected, request);
    }
    const bool live = head.path == "/livez";
    const bool metrics = head.path == "/metrics";
    if (!live && !metrics && head.path != "/readyz")
        return refusal(FailureKind::not_found, 0, request);
    if (head.method != Method::get && head.method != Method::head) {
        Answer answer = refusal(FailureKind::method_not_allowed, 0, request);
        answer.fields.emplace_back("Allow", "GET, HEAD");
        return answer;
    }
    if (metrics) return answer_with(200, prometheus_text, metrics_());
    if (live) return answer_with(200, json, R"({"status":"live"})");
    return readiness_answer(health_());
}

}  // namespace weft
