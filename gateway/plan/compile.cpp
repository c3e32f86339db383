#include "plan/compile.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "plan/address.hpp"
#include "plan/compile_operation.hpp"
#include "plan/compile_route.hpp"
#include "plan/compile_upstream.hpp"

namespace weft {
namespace {

std::optional<ListenAddress> compile_address(
    const Written<std::string>& written, Diagnostics& diagnostics
) {
    if (written.value.empty()) return std::nullopt;  // reported when it was read
    auto parsed = parse_listen_address(written.value);
    if (const auto* fault = std::get_if<TextFault>(&parsed)) {
        diagnostics.error(inside(written.at, fault->offset), fault->message);
        return std::nullopt;
    }
    return std::move(std::get<ListenAddress>(parsed));
}

void compile_admin(const WrittenAdmin& written, Snapshot& snapshot, Diagnostics& diagnostics) {
    snapshot.admin = compile_address(written.listen, diagnostics);
    if (!snapshot.admin) return;
    if (!is_loopback(*snapshot.admin) && !written.expose) {
        diagnostics.error(
            written.listen.at,
            in_quotes(written.listen.value) +
                " can be reached from elsewhere: listen on 127.0.0.1, or add \"expose: true\""
        );
    }
    const bool is_same = snapshot.admin->host == snapshot.listen.host &&
                         snapshot.admin->port == snapshot.listen.port && snapshot.admin->port != 0;
    if (is_same)
        diagnostics.error(written.listen.at, "admin needs another address than \"listen\"");
}

std::uint32_t compile_workers(const WrittenGateway& written) {
    if (written.workers) return static_cast<std::uint32_t>(written.workers->value);
    return std::max(std::thread::hardware_concurrency(), 1U);
}

void compile_routes(const WrittenGateway& written, Snapshot& snapshot, Diagnostics& diagnostics) {
    const UpstreamNames names{written.upstreams};
    const Surroundings around{snapshot.upstreams, names, snapshot.limits};
    // The route table points into it, so it never grows again.
    snapshot.plans.reserve(written.routes.size());
    for (const WrittenRoute& route : written.routes) {
        auto compiled = compile_route(route, around, diagnostics);
        const Plan& plan = snapshot.plans.emplace_back(std::move(compiled.plan));
        if (!compiled.pattern) continue;
        const Plan* const other = snapshot.routes.add(plan, *compiled.pattern);
        if (other == nullptr) continue;
        diagnostics.error(
            route.path.at,
            "routes " + in_quotes(other->name) + " and " + in_quotes(plan.name) +
                " answer the same requests: " + std::string{to_string(plan.method)} + " " +
                route.path.value
        );
    }
}

}  // namespace

std::shared_ptr<const Snapshot> compile(const WrittenGateway& written, Diagnostics& diagnostics) {
    auto snapshot = std::make_shared<Snapshot>();
    if (auto listen = compile_address(written.listen, diagnostics))
        snapshot->listen = std::move(*listen);
    if (written.admin) compile_admin(*written.admin, *snapshot, diagnostics);
    snapshot->workers = compile_workers(written);
    snapshot->limits = compile_limits(written.limits);
    snapshot->timeouts = compile_timeouts(written.timeouts);
    snapshot->trusted_proxies = compile_trusted_proxies(written.trusted_proxies, diagnostics);
    snapshot->drain = {written.drain.delay, written.drain.timeout};
    snapshot->log = compile_log(written.log, diagnostics);
    snapshot->upstreams = compile_upstreams(written, diagnostics);
    compile_routes(written, *snapshot, diagnostics);
    if (diagnostics.has_errors()) return nullptr;
    return snapshot;
}

}  // namespace weft
