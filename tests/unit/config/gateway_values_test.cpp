#include <gmock/gmock.h>

#include "unit/config/loading.hpp"

namespace weft {
namespace {

using testing::ConfigFolder;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::load_folder;
using testing::load_gateway_file;
using testing::Loaded;

// A gateway file that is right but for `lines`, which begin on line 3.
std::string with(const std::string& lines) { return "version: 1\nroutes: r.yaml\n" + lines; }

TEST(GatewayFile, HasSafeDefaults) {
    const Loaded loaded = load_gateway_file("version: 1\nroutes: r.yaml\n");
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    EXPECT_EQ(loaded.gateway.listen.value, "127.0.0.1:8080");
    EXPECT_FALSE(loaded.gateway.admin);
    EXPECT_FALSE(loaded.gateway.workers);
    EXPECT_EQ(loaded.gateway.limits.max_calls, 200U);
    ASSERT_EQ(loaded.gateway.routes.size(), 1U);
    EXPECT_EQ(loaded.gateway.routes[0].timeout.value, milliseconds(1'000));
}

TEST(GatewayFile, ReadsEveryKey) {
    const Loaded loaded = load_gateway_file(
        R"(version: 1
listen: 0.0.0.0:80
admin: { listen: "0.0.0.0:81", expose: true }
workers: 3
routes: ./r.yaml
upstreams:
  a: { url: "http://a", timeout: 2s, connect_timeout: 20ms, max_connections: 7, max_body: 1KiB,
       forward: [cookie, x-a], headers: { X-Key: "${env.KEY}" } }
  b: { urls: ["http://b1", "http://b2:8080"] }
defaults: { timeout: 3s, connect_timeout: 30ms, max_body: 2KiB, route_timeout: 4s }
limits: { head: 1KiB, target: 64B, field: 65B, fields: 8, body: 1B, connections: 9, max_calls: 10,
          max_answer: 2KiB, body_rate: 3KiB, connections_per_address: 11, in_flight: 12,
          adaptive: false }
trusted_proxies: [10.0.0.0/8]
log: { access: false, level: error, format: json }
timeouts: { first_byte: 5ms, head: 1ms, body: 2ms, idle: 1m, write: 4ms }
drain: { delay: 0ms, timeout: 6ms }
)",
        {{"KEY", "k"}}
    );
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    const WrittenGateway& gateway = loaded.gateway;
    EXPECT_EQ(gateway.listen.value, "0.0.0.0:80");
    EXPECT_EQ(gateway.admin->listen.value, "0.0.0.0:81");
    EXPECT_TRUE(gateway.admin->expose);
    EXPECT_EQ(gateway.workers->value, 3U);
    ASSERT_EQ(gateway.upstreams.size(), 2U);
    const WrittenUpstream& a = gateway.upstreams[0];
    EXPECT_EQ(a.name.value, "a");
    EXPECT_EQ(a.url->value, "http://a");
    EXPECT_EQ(a.timeout->value, milliseconds(2000));
    EXPECT_EQ(a.connect_timeout->value, milliseconds(20));
    EXPECT_EQ(a.max_connections.value, 7U);
    EXPECT_EQ(a.max_body->value, 1024U);
    ASSERT_EQ(a.forward.size(), 2U);
    EXPECT_EQ(a.forward[1].value, "x-a");
    ASSERT_EQ(a.headers.size(), 1U);
    EXPECT_EQ(a.headers[0].first.value, "X-Key");
    EXPECT_EQ(a.headers[0].second.value, "k");
    const WrittenUpstream& b = gateway.upstreams[1];
    EXPECT_FALSE(b.url || b.timeout || b.connect_timeout || b.max_body);
    ASSERT_EQ(b.urls.size(), 2U);
    EXPECT_EQ(b.urls[1].value, "http://b2:8080");
    EXPECT_EQ(gateway.defaults.timeout, milliseconds(3'000));
    EXPECT_EQ(gateway.defaults.connect_timeout, milliseconds(30));
    EXPECT_EQ(gateway.defaults.max_body, 2U << 10);
    EXPECT_EQ(gateway.defaults.route_timeout, milliseconds(4'000));
    EXPECT_EQ(gateway.routes.at(0).timeout.value, milliseconds(4'000));
    const WrittenLimits& limits = gateway.limits;
    EXPECT_THAT(
        (std::vector{
            limits.head,
            limits.target,
            limits.field,
            limits.fields,
            limits.body,
            limits.connections,
            limits.max_calls,
            limits.max_answer,
            limits.body_rate,
            limits.connections_per_address.value_or(0),
            limits.in_flight}),
        ElementsAre(1024, 64, 65, 8, 1, 9, 10, 2048, 3072, 11, 12)
    );
    EXPECT_FALSE(limits.adaptive);
    ASSERT_EQ(gateway.trusted_proxies.size(), 1U);
    EXPECT_EQ(gateway.trusted_proxies[0].value, "10.0.0.0/8");
    EXPECT_FALSE(gateway.log.access);
    EXPECT_EQ(gateway.log.level.value, "error");
    EXPECT_EQ(gateway.log.format.value, "json");
    const WrittenTimeouts& timeouts = gateway.timeouts;
    EXPECT_THAT(
        (std::vector{
            timeouts.first_byte.count(),
            timeouts.head.count(),
            timeouts.body.count(),
            timeouts.idle.count(),
            timeouts.write.count(),
            gateway.drain.delay.count(),
            gateway.drain.timeout.count()}),
        ElementsAre(5, 1, 2, 60'000, 4, 0, 6)
    );
}

TEST(GatewayFile, ReadsWhatStandsAroundCalls) {
    const Loaded loaded = load_gateway_file(with(R"(upstreams:
  a:
    url: "http://a"
    max_concurrency: 3
    coalesce: true
    balance: round_robin
    retry: { attempts: 4, statuses: [502, 503], backoff: 5ms, attempt_timeout: 6ms }
    circuit_breaker: { window: 7s, least_calls: 8, failure_percent: 9, connect_failures: 10,
                       open: 11s, longest_open: 12s }
    health: { path: /healthz, interval: 13s, timeout: 14ms, failures: 15, successes: 16 }
  b: { url: "http://b", retry: { statuses: 503 }, circuit_breaker: {} }
  c: { url: "http://c" }
)"));
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    const WrittenUpstream& a = loaded.gateway.upstreams.at(0);
    EXPECT_EQ(a.max_concurrency, 3U);
    EXPECT_TRUE(a.coalesce);
    EXPECT_EQ(a.balance.value, "round_robin");
    EXPECT_EQ(a.retry->attempts, 4U);
    ASSERT_EQ(a.retry->statuses.size(), 2U);
    EXPECT_EQ(a.retry->statuses[1].value, "503");
    EXPECT_EQ(a.retry->backoff, milliseconds(5));
    EXPECT_EQ(a.retry->attempt_timeout, milliseconds(6));
    const WrittenCircuitBreaker& breaker = *a.circuit_breaker;
    EXPECT_EQ(breaker.window, milliseconds(7'000));
    EXPECT_THAT(
        (std::vector{breaker.least_calls, breaker.failure_percent, breaker.connect_failures}),
        ElementsAre(8, 9, 10)
    );
    EXPECT_EQ(breaker.open, milliseconds(11'000));
    EXPECT_EQ(breaker.longest_open, milliseconds(12'000));
    const WrittenHealth& health = *a.health;
    EXPECT_EQ(health.path.value, "/healthz");
    EXPECT_EQ(health.interval, milliseconds(13'000));
    EXPECT_EQ(health.timeout, milliseconds(14));
    EXPECT_THAT((std::vector{health.failures, health.successes}), ElementsAre(15, 16));
    const WrittenUpstream& b = loaded.gateway.upstreams.at(1);
    EXPECT_EQ(b.retry->attempts, 2U);
    EXPECT_EQ(b.retry->statuses.at(0).value, "503");
    EXPECT_EQ(b.circuit_breaker->least_calls, 20U);
    const WrittenUpstream& c = loaded.gateway.upstreams.at(2);
    EXPECT_FALSE(c.retry || c.circuit_breaker || c.health || c.coalesce || c.max_concurrency);
}

TEST(GatewayFile, TakesNumbersAndBooleansFromTheEnvironment) {
    const Loaded loaded = load_gateway_file(
        with("workers: ${env.WORKERS}\nadmin: { listen: \"${env.ADMIN:-127.0.0.1:1}\", expose: "
             "\"${env.EXPOSE:-true}\" }\nlimits: { head: \"${env.KIB}KiB\" }\n"),
        {{"WORKERS", "5"}, {"KIB", "16"}}
    );
    ASSERT_THAT(loaded.diagnostics, IsEmpty());
    EXPECT_EQ(loaded.gateway.workers->value, 5U);
    EXPECT_TRUE(loaded.gateway.admin->expose);
    EXPECT_EQ(loaded.gateway.limits.head, 16U << 10);
}

TEST(GatewayFile, ReadsRouteFilesInTheOrderOfTheirNames) {
    const ConfigFolder folder;
    folder.write("gateway.yaml", "version: 1\nroutes: routes/*.yaml\n");
    folder.write("routes/b.yaml", "second: { path: /b }\n");
    folder.write("routes/B.yaml", "first: { path: /B }\n");
    folder.write("routes/c.yml", "not: { path: /c }\n");
    folder.write("routes/d.yaml/e.yaml", "not: { path: /d }\n");
    const Loaded loaded = load_folder(folder);
    EXPECT_THAT(loaded.diagnostics, IsEmpty());
    ASSERT_EQ(loaded.gateway.routes.size(), 2U);
    EXPECT_EQ(loaded.gateway.routes[0].name.value, "first");
    EXPECT_EQ(loaded.gateway.routes[1].name.value, "second");
}

TEST(GatewayFile, TakesItsFolderAsANameAndNotAsAPattern) {
    const ConfigFolder folder;
    folder.write("[ab]*/gateway.yaml", "version: 1\nroutes: ../r?.yaml\n");
    folder.write("r1.yaml", "x: { path: /x }\n");
    Diagnostics diagnostics;
    const WrittenGateway gateway =
        load(folder.path() / "[ab]*" / "gateway.yaml", process_environment(), diagnostics);
    EXPECT_FALSE(diagnostics.has_errors());
    EXPECT_EQ(gateway.routes.size(), 1U);
}

TEST(GatewayFile, RefusesARouteThatIsInTwoFiles) {
    const ConfigFolder folder;
    folder.write("gateway.yaml", "version: 1\nroutes: routes/*\n");
    folder.write("routes/a.yaml", "\nx: { path: /a }\n");
    folder.write("routes/b.yaml", "x: { path: /b }\n");
    EXPECT_THAT(
        load_folder(folder).diagnostics,
        ElementsAre("routes/b.yaml:1:1: route \"x\" is defined already at routes/a.yaml:2:1")
    );
}

TEST(GatewayFile, ReadsTheOtherFilesWhenOneIsBroken) {
    const ConfigFolder folder;
    folder.write("gateway.yaml", "version: 1\nroutes: routes/*\nlisten: [\n");
    folder.write("routes/a.yaml", "x: [\n");
    EXPECT_THAT(
        load_folder(folder).diagnostics,
        ElementsAre("gateway.yaml:4:1: \"]\" or \",\" is missing here")
    );
    folder.write("gateway.yaml", "version: 1\nroutes: routes/*\nlisten: []\n");
    folder.write("routes/b.yaml", "y: {}\n");
    EXPECT_THAT(
        load_folder(folder).diagnostics,
        ElementsAre(
            "gateway.yaml:3:9: \"listen\" in the gateway file must be text, not a list",
            "routes/a.yaml:2:1: \"]\" or \",\" is missing here",
            "routes/b.yaml:1:1: route \"y\" has no \"path\""
        )
    );
}

TEST(GatewayFile, MissesTheFileThatALinkDoesNotLeadTo) {
    const ConfigFolder folder;
    folder.write("gateway.yaml", "version: 1\nroutes: routes/*.yaml\n");
    folder.write("routes/a.yaml", "x: { path: /a }\n");
    std::filesystem::create_symlink("gone.yaml", folder.path() / "routes/b.yaml");
    std::filesystem::create_symlink("c.yaml", folder.path() / "routes/c.yaml");
    EXPECT_THAT(
        load_folder(folder).diagnostics,
        ElementsAre(
            "routes/b.yaml:1:1: the file cannot be read: No such file or directory",
            "routes/c.yaml:1:1: the file cannot be read: Too many levels of symbolic links"
        )
    );
}

TEST(GatewayFile, SaysWhyAFileCannotBeRead) {
    const ConfigFolder folder;
    EXPECT_THAT(
        load_folder(folder).diagnostics,
        ElementsAre("gateway.yaml:1:1: the file cannot be read: No such file or directory")
    );
    std::filesystem::create_directory(folder.path() / "gateway.yaml");
    EXPECT_THAT(
        load_folder(folder).diagnostics,
        ElementsAre("gateway.yaml:1:1: the file cannot be read: Is a directory")
    );
}

}  // namespace
}  // namespace weft
