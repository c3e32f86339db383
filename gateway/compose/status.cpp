#include "compose/status.hpp"

#include <algorithm>

#include "http/fields.hpp"
#include "http/problem.hpp"

namespace weft {
namespace {

// Whether the client's own credentials may reach the service, so that its verdict on them is the
// client's business.
bool opens_credentials(const UpstreamPlan& upstream) {
    return std::ranges::any_of(upstream.forward, [](const std::string& name) {
        return equal_ignoring_case(name, "authorization") || equal_ignoring_case(name, "cookie");
    });
}

ClientStatus of_answer(std::uint16_t status, const UpstreamPlan& upstream) {
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
            if (opens_credentials(upstream)) return {status, PassedFields::challenge};
            return {502, PassedFields::none};
        case 429:
            if (opens_credentials(upstream)) return {status, PassedFields::challenge};
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
    // What another step or the route file named and the service does not accept is not the client's
    // fault.
    if (!step.fed_only_by_request) return {502, PassedFields::none};
    return of_answer(failure.upstream_status(), upstream);
}

}  // namespace weft
