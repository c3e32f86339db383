#include "plan/compile.hpp"

#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>

#include "unit/plan/config_files.hpp"

namespace weft::test {
namespace {

constexpr const char* one_route = "a: { path: /a, proxy: { upstream: s, path: /a } }\n";

Compiled compile_gateway(const std::string& more) {
    return compile_files({
        {"gateway.yaml",
         "version: 1\nroutes: routes/*.yaml\nupstreams: { s: { url: 'http://s' } }\n" + more},
        {"routes/r.yaml", one_route},
    });
}

// As behind a load balancer, whose address all clients have.
TEST(Compile, AllConnectionsMayBeFromOneAddress) {
    const Compiled compiled = compile_gateway("limits: { connections: 20000 }\n");
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    EXPECT_EQ(compiled.snapshot->limits.connections_per_address, 20'000U);
}

TEST(Compile, TakesOverWhatTheGatewayFileSays) {
    const Compiled compiled = compile_gateway(
        "listen: '[::1]:81'\nadmin: { listen: 'localhost:82' }\nworkers: 3\n"
        "limits: { head: 16KiB, target: 4KiB, field: 2KiB, fields: 50, body: 2MiB, connections: 7, "
        "max_calls: 9, "
        "max_answer: 1MiB, body_rate: 3KiB, connections_per_address: 5, in_flight: 6, adaptive: "
        "false }\ntrusted_proxies: [10.0.0.0/8, '::1']\nlog: { access: false, level: warn, format: "
        "json }\ntimeouts: { first_byte: 7s, head: 1s, body: 2s, idle: 3s, write: 4s }\ndrain: { "
        "delay: 5s, timeout: 6s }\n"
    );
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    const Snapshot& snapshot = *compiled.snapshot;
    EXPECT_EQ(snapshot.listen.host, "::1");
    EXPECT_EQ(snapshot.listen.port, 81);
    EXPECT_EQ(snapshot.admin->host, "localhost");
    EXPECT_EQ(snapshot.admin->port, 82);
    EXPECT_EQ(snapshot.workers, 3U);
    EXPECT_EQ(snapshot.limits.head, 16U << 10);
    EXPECT_EQ(snapshot.limits.target, 4U << 10);
    EXPECT_EQ(snapshot.limits.field, 2U << 10);
    EXPECT_EQ(snapshot.limits.fields, 50U);
    EXPECT_EQ(snapshot.limits.body, 2U << 20);
    EXPECT_EQ(snapshot.limits.connections, 7U);
    EXPECT_EQ(snapshot.limits.max_calls, 9U);
    EXPECT_EQ(snapshot.limits.max_answer, 1U << 20);
    EXPECT_EQ(snapshot.limits.body_rate, 3U << 10);
    EXPECT_EQ(snapshot.limits.connections_per_address, 5U);
    EXPECT_EQ(snapshot.limits.in_flight, 6U);
    EXPECT_FALSE(snapshot.limits.adaptive);
    ASSERT_EQ(snapshot.trusted_proxies.size(), 2U);
    EXPECT_TRUE(contains(snapshot.trusted_proxies, parse_address("10.1.2.3").value()));
    EXPECT_FALSE(contains(snapshot.trusted_proxies, parse_address("11.1.2.3").value()));
    EXPECT_FALSE(snapshot.log.access);
    EXPECT_EQ(snapshot.log.level, LogLevel::warn);
    EXPECT_EQ(snapshot.log.format, LogFormat::json);
    EXPECT_EQ(snapshot.timeouts.first_byte, milliseconds{7000});
    EXPECT_EQ(snapshot.timeouts.head, milliseconds{1000});
    EXPECT_EQ(snapshot.timeouts.body, milliseconds{2000});
    EXPECT_EQ(snapshot.timeouts.idle, milliseconds{3000});
    EXPECT_EQ(snapshot.timeouts.write, milliseconds{4000});
    EXPECT_EQ(snapshot.drain.delay, milliseconds{5000});
    EXPECT_EQ(snapshot.drain.timeout, milliseconds{6000});
    EXPECT_EQ(snapshot.plans.at(0).body_limit, 2U << 20);
}

TEST(Compile, RefusesWordsOfTheLogAndProxiesThatAreNone) {
    const Compiled compiled =
        compile_gateway("log: { level: wran }\ntrusted_proxies: [10.0.0.1/8, 'front.test']\n");
    EXPECT_FALSE(compiled.snapshot);
    const std::string none =
        " is no address and no range of addresses: 10.0.0.0/8 and 2001:db8::1 are";
    for (const std::string& line :
         {std::string{"\"wran\" is none of info, warn, error (did you mean \"warn\"?)"},
          "\"10.0.0.1/8\"" + none,
          "\"front.test\"" + none}) {
        EXPECT_NE(compiled.diagnostics.find(line), std::string::npos) << compiled.diagnostics;
    }
}

TEST(Compile, HasAWorkerForEachCoreByDefault) {
    const Compiled compiled = compile_gateway("");
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    EXPECT_EQ(compiled.snapshot->workers, std::max(std::thread::hardware_concurrency(), 1U));
    EXPECT_FALSE(compiled.snapshot->admin);
}

TEST(Compile, TakesOverWhatAnUpstreamSays) {
    const Compiled compiled = compile_files({
        {"gateway.yaml",
         "version: 1\nroutes: routes/*.yaml\nupstreams:\n  s:\n    url: http://s:81\n    timeout: "
         "7ms\n"
         "    connect_timeout: 8ms\n    max_connections: 9\n    max_body: 1KiB\n"
         "    forward: [Authorization, X-A, authorization]\n"},
        {"routes/r.yaml", one_route},
    });
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    const UpstreamPlan& upstream = compiled.snapshot->upstreams.at(0);
    EXPECT_EQ(upstream.name, "s");
    ASSERT_EQ(upstream.endpoints.size(), 1U);
    EXPECT_EQ(upstream.endpoints[0].authority, "s:81");
    EXPECT_EQ(upstream.timeout, milliseconds{7});
    EXPECT_EQ(upstream.connect_timeout, milliseconds{8});
    EXPECT_EQ(upstream.max_connections, 9U);
    EXPECT_EQ(upstream.max_body, 1024U);
    EXPECT_EQ(upstream.forward, (std::vector<std::string>{"authorization", "x-a"}));
}

TEST(Compile, GivesUpstreamsAndRoutesTheDefaultsTheyDoNotOverrule) {
    const Compiled compiled = compile_files({
        {"gateway.yaml",
         "version: 1\nroutes: routes/*.yaml\n"
         "upstreams:\n  plain: { url: http://s }\n"
         "  own: { url: http://s, timeout: 7ms, connect_timeout: 8ms, max_body: 9KiB }\n"
         "defaults: { timeout: 1ms, connect_timeout: 2ms, max_body: 3KiB, route_timeout: 4ms }\n"},
        {"routes/r.yaml",
         "a: { path: /a, proxy: { upstream: plain, path: /a } }\n"
         "b: { path: /b, timeout: 5ms, proxy: { upstream: own, path: /b } }\n"},
    });
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    const auto& upstreams = compiled.snapshot->upstreams;
    EXPECT_EQ(upstreams.at(0).timeout, milliseconds{1});
    EXPECT_EQ(upstreams.at(0).connect_timeout, milliseconds{2});
    EXPECT_EQ(upstreams.at(0).max_body, 3U << 10);
    EXPECT_EQ(upstreams.at(1).timeout, milliseconds{7});
    EXPECT_EQ(upstreams.at(1).connect_timeout, milliseconds{8});
    EXPECT_EQ(upstreams.at(1).max_body, 9U << 10);
    EXPECT_EQ(compiled.snapshot->plans.at(0).timeout, milliseconds{4});
    EXPECT_EQ(compiled.snapshot->plans.at(1).timeout, milliseconds{5});
}

TEST(Compile, TakesOverWhatStandsAroundCalls) {
    const Compiled compiled = compile_files({
        {"gateway.yaml", R"(version: 1
routes: routes/*.yaml
upstreams:
  s:
    url: http://s
    max_concurrency: 3
    coalesce: true
    balance: round_robin
    retry: { attempts: 4, statuses: [502, 503], backoff: 5ms, attempt_timeout: 6ms }
    circuit_breaker: { window: 7s, least_calls: 8, failure_percent: 9, connect_failures: 10,
                       open: 11s, longest_open: 12s }
    health: { path: "/healthz?deep=1", interval: 13s, timeout: 14ms, failures: 15, successes: 16 }
  plain: { url: http://s }
)"},
        {"routes/r.yaml", one_route},
    });
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    UpstreamPlan expected = compiled.snapshot->upstreams.at(1);
    expected.name = "s";
    EXPECT_FALSE(
        expected.retry || expected.circuit_breaker || expected.health || expected.coalesce ||
        expected.max_concurrency || expected.balance != BalancePlan::least_requests
    );
    expected.max_concurrency = 3;
    expected.coalesce = true;
    expected.balance = BalancePlan::round_robin;
    expected.retry = RetryPlan{4, {502, 503}, milliseconds{5}, milliseconds{6}};
    expected.circuit_breaker = CircuitBreakerPlan{
        milliseconds{7'000}, 8, 9, 10, milliseconds{11'000}, milliseconds{12'000}};
    expected.health = HealthPlan{"/healthz?deep=1", milliseconds{13'000}, milliseconds{14}, 15, 16};
    EXPECT_EQ(compiled.snapshot->upstreams.at(0), expected);
}

TEST(Compile, MakesAnEndpointOfEachUrlAndKeepsFixedHeaders) {
    const Compiled compiled = compile_files({
        {"gateway.yaml",
         "version: 1\nroutes: routes/*.yaml\nupstreams:\n"
         "  s: { urls: ['http://a:81', 'http://b'], headers: { X-P: '${env.ORDERS_PATH}', X-Q: "
         "'$${x}' } }\n"},
        {"routes/r.yaml", one_route},
    });
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    const UpstreamPlan& upstream = compiled.snapshot->upstreams.at(0);
    ASSERT_EQ(upstream.endpoints.size(), 2U);
    EXPECT_EQ(upstream.endpoints[0].authority, "a:81");
    EXPECT_EQ(upstream.endpoints[1].authority, "b");
    ASSERT_EQ(upstream.headers.size(), 2U);
    EXPECT_EQ(upstream.headers[0].name(), "X-P");
    EXPECT_EQ(upstream.headers[0].value(), "/orders");
    EXPECT_EQ(upstream.headers[1].value(), "${x}");
}

TEST(Compile, LetsTheRouteTablePointIntoThePlans) {
    std::string yaml;
    for (int i = 0; i < 100; ++i) {
        const std::string name = "r" + std::to_string(i);
        yaml += name + ": { path: /" + name + ", proxy: { upstream: users, path: /x } }\n";
    }
    const Compiled compiled = compile_files({{"routes/r.yaml", yaml}});
    ASSERT_TRUE(compiled.snapshot) << compiled.diagnostics;
    for (const Plan& plan : compiled.snapshot->plans) {
        const Match match = compiled.snapshot->routes.match(Method::get, "/" + plan.name);
        EXPECT_EQ(std::get<Matched>(match).plan, &plan);
    }
}

std::string many_routes(int count) {
    std::string yaml;
    for (int i = 0; i < count; ++i) {
        const std::string n = std::to_string(i);
        yaml += "route-" + n + ":\n  path: /v1/things-" + n +
                "/{id}\n  steps:\n    order: { upstream: orders, path: '/o/{id}' }\n" +
                "    user: { upstream: users, path: '/u/${order.user_id}', required: false }\n" +
                "  response: { body: { order: '${order}', user: '${user}' } }\n";
    }
    return yaml;
}

std::string repeated(int times, const std::string& before, const std::string& after) {
    std::string text;
    for (int i = 0; i < times; ++i) text += before + std::to_string(i) + after;
    return text;
}

// Each is compared with all before it.
TEST(Compile, RefusesMoreNamesThanThereIsUseFor) {
    const std::string upstream =
        "version: 1\nroutes: routes/*.yaml\nupstreams:\n  s:\n    url: http://s\n";
    const std::string urls = "version: 1\nroutes: routes/*.yaml\nupstreams:\n  s:\n    urls:\n";
    const auto compiled_upstream = [](const std::string& text) {
        return compile_files({{"gateway.yaml", text}, {"routes/r.yaml", one_route}}).diagnostics;
    };
    EXPECT_EQ(
        compiled_upstream(upstream + "    headers:\n" + repeated(101, "      a", ": b\n")),
        "gateway.yaml:107:7: a call has room for 100 headers\n"
    );
    EXPECT_EQ(
        compiled_upstream(upstream + "    forward:\n" + repeated(101, "      - a", "\n")),
        "gateway.yaml:107:9: a call has room for 100 headers\n"
    );
    EXPECT_EQ(
        compiled_upstream(urls + repeated(1001, "      - http://s", "\n")),
        "gateway.yaml:1006:9: upstream \"s\" has more than 1000 \"urls\"\n"
    );
    EXPECT_EQ(compiled_upstream(urls + repeated(1000, "      - http://s", "\n")), "");
}

TEST(Compile, RefusesMoreValuesOfOneDocumentThanThereIsUseFor) {
    const std::string route =
        "a:\n  path: /a\n  steps: { s: { upstream: users, path: /s } }\n  response:\n    body:\n";
    const auto compiled = [&](int count) {
        return compile_files({{"routes/r.yaml", route + repeated(count, "      - ${s.a", "}\n")}}
        ).diagnostics;
    };
    EXPECT_EQ(compiled(1000), "");
    EXPECT_EQ(
        compiled(1001), "routes/r.yaml:1006:11: too many different paths are read of one document\n"
    );
}

milliseconds time_to_compile(const WrittenGateway& gateway) {
    Diagnostics diagnostics;
    timespec before{};
    timespec after{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    const auto snapshot = compile(gateway, diagnostics);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    EXPECT_TRUE(snapshot);
    const auto seconds = std::chrono::seconds{after.tv_sec - before.tv_sec};
    return std::chrono::ceil<milliseconds>(
        seconds + std::chrono::nanoseconds{after.tv_nsec - before.tv_nsec}
    );
}

TEST(Compile, NeedsTimeInProportionToTheRoutes) {
    WrittenGateway gateway = load_files({{"routes/r.yaml", many_routes(1000)}});
    ASSERT_EQ(gateway.routes.size(), 1000U);
    const milliseconds all = time_to_compile(gateway);
    gateway.routes.resize(100);
    const milliseconds tenth = time_to_compile(gateway);
    // Ten for linear, a hundred for quadratic.
    EXPECT_LT(all, 40 * tenth);
}

}  // namespace
}  // namespace weft::test
