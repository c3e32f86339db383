#include "plan/client_status.hpp"

#include <algorithm>

#include "http/problem.hpp"

namespace weft {
namespace {

// Whether the client's own credentials may reach the service, so that its verdict on them is the
// client's business.
bool opens_credentials(const Step& step, const UpstreamPlan& upstream) {
    const auto is_credential = [](const std::string& name) {
        return name == "authorization" || name == "cookie";
    };
    return std::ranges::any_of(step.forward, is_credential) ||
           std::ranges::any_of(upstream.forward, is_credential);
}

// A challenge is the client's to answer only where its credentials get to the service.
ClientStatus as_written(std::uint16_t status, bool opens) {
    const bool challenges = opens && (status == 401 || status == 403 || status == 429);
    return {status, challenges ? PassedFields::challenge : PassedFields::none};
}

ClientStatus of_answer(std::uint16_t status, bool opens) {
    switch (status) {
        case 400:
        case 404:
        case 409:
        case 410:
        case 412:
        case 413:
        case 415:
        case 422:
        case 451:
            return {status, PassedFields::none};
        case 401:
        case 403:
            if (opens) return {status, PassedFields::challenge};
            return {502, PassedFields::none};
        case 429:
            if (opens) return {status, PassedFields::challenge};
            return {503, PassedFields::none};
        default:
            return {502, PassedFields::none};
    }
}

}  // namespace

ClientStatus client_status(const Failure& failure, const Step& step, const UpstreamPlan& upstream) {
    if (failure.kind() != FailureKind::upstream_status) {
        return {problem_status(failure), PassedFields::none};
    }
    const std::uint16_t status = failure.upstream_status();
    const bool opens = opens_credentials(step, upstream);
    const auto rule = std::ranges::find_if(step.on_status, [status](const StatusRule& written) {
        return written.from.has(status);
    });
    if (rule != step.on_status.end()) return as_written(rule->to, opens);
    // What another step or the route file named and the service does not accept is not the client's
    // fault.
    if (!step.fed_only_by_request) return {502, PassedFields::none};
    return of_answer(status, opens);
}

}  // namespace weft
