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

Awaitable<Answer> answered(Answer answer) { co_return answer; }

}  // namespace

// No coroutine of its own, because nothing waits here.
Awaitable<Answer> Router::handle(Request& request) {
    const auto& routes = generation_->snapshot().routes;
    const auto method = request.head->method;
    if (method == Method::options) return answered(options(request, routes));

    auto match = routes.match(method, request.head->path);
    if (std::holds_alternative<NotFound>(match)) {
        return answered(refuse(request, Failure{FailureKind::not_found}));
    }
    if (const auto* other = std::get_if<MethodNotAllowed>(&match)) {
        return answered(not_allowed(request, *other));
    }

    auto& matched = std::get<Matched>(match);
    request.record->route = matched.plan->name;
    if (!admission_.admits(generation_->load(*matched.plan))) {
        return answered(refuse(request, Failure{FailureKind::overloaded}));
    }
    request.body_limit = matched.plan->body_limit;
    if (over_limit(request)) return answered(too_large(request));
    if (std::holds_alternative<ProxyPlan>(matched.plan->work)) {
        return proxy_.handle(request, *matched.plan, std::move(matched.parameters), generation_);
    }
    return compose_.handle(request, *matched.plan, std::move(matched.parameters), generation_);
}

}  // namespace weft
