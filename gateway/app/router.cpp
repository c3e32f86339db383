#include "app/router.hpp"

#include "http/problem.hpp"

namespace weft {
namespace {

std::string allow_value(const std::vector<Method>& methods) {
    std::string value;
    for (const auto method : methods) {
        if (!value.empty()) value += ", ";
        value += to_string(method);
    }
    return value;
}

Answer refuse(const Request& request, const Failure& failure) {
    request.record->failure = failure.kind();
    return problem(failure, ProblemContext{request.head->path, request.request_id});
}

Answer not_allowed(Request& request, const MethodNotAllowed& match) {
    auto answer = refuse(request, Failure{FailureKind::method_not_allowed});
    answer.fields.emplace_back("Allow", allow_value(match.allowed));
    return answer;
}

// Nobody waits for a body that is not wanted (RFC 9110 section 15.5.14).
Answer too_large(const Request& request) {
    auto answer = refuse(request, Failure{FailureKind::request_body_too_large});
    answer.close = true;
    return answer;
}

// RFC 9110 section 9.3.7: what a route allows, or, for "*", that the gateway is there.
Answer options(Request& request, const RouteTable& routes) {
    Answer answer;
    answer.status = 204;
    if (request.head->target == "*") return answer;
    const auto allowed = routes.allowed(request.head->path);
    if (allowed.empty()) return refuse(request, Failure{FailureKind::not_found});
    answer.fields.emplace_back("Allow", allow_value(allowed));
    return answer;
}

// Said before the body is read or asked for with 100 Continue, also where nothing reads it.
bool over_limit(const Request& request) {
    const auto& body = request.head->body;
    return body.framing == Framing::length && body.length > request.body_limit;
}

}  // namespace

Awaitable<Answer> Router::handle(Request& request) {
    const auto generation = generation_;
    const auto& routes = generation->snapshot().routes;
    const auto method = request.head->method;
    if (method == Method::options) co_return options(request, routes);

    const auto match = routes.match(method, request.head->path);
    if (std::holds_alternative<NotFound>(match)) {
        co_return refuse(request, Failure{FailureKind::not_found});
    }
    if (const auto* other = std::get_if<MethodNotAllowed>(&match))
        co_return not_allowed(request, *other);

    const auto& matched = std::get<Matched>(match);
    request.record->route = matched.plan->name;
    if (!admission_.admits(generation->load(*matched.plan)))
        co_return refuse(request, Failure{FailureKind::overloaded});
    request.body_limit = matched.plan->body_limit;
    if (over_limit(request)) co_return too_large(request);
    if (std::holds_alternative<ProxyPlan>(matched.plan->work)) {
        co_return co_await proxy_.handle(request, matched, generation);
    }
    co_return co_await compose_.handle(request, matched, generation);
}

}  // namespace weft
