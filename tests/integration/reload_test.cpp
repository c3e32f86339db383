// SIGHUP: another configuration is served, or the old one stays; nothing that is in work notices.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

#include "integration/harness/ask.hpp"
#include "integration/harness/events.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/load.hpp"
#include "integration/harness/scripted_service.hpp"
#include "places.hpp"

namespace weft {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

// Two calls, one after the other; what is asked and what is answered both name the version.
std::string two_steps(const std::string& version) {
    return "thing:\n  path: /thing\n  timeout: 60s\n  steps:\n    first: { upstream: things, path: "
           "/" +
           version + "/first }\n    second: { upstream: things, path: \"/" + version +
           "/second/${first.id}\" }\n  response:\n    body: { by: " + version +
           ", second: \"${second.target}\" }\n";
}

std::string body_by(const std::string& version) {
    return R"({"by":")" + version + R"(","second":"/)" + version + R"(/second/7"})";
}

GatewayText over(const ScriptedService& things, const std::string& routes, const char* more = "") {
    return {.upstreams = {{"things", things.port(), "60s", more}}, .routes = routes, .workers = 2};
}

std::string thing(const Message& request) {
    return R"({"id":7,"target":")" + request.target() + "\"}";
}

Message ask_admin(const Gateway& gateway, const std::string& target) {
    auto connection = Connection::to(gateway.admin_port());
    connection.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return connection.read_message().value();
}

TEST(ReloadTest, AChangedRouteIsServed) {
    ScriptedService things{ScriptedService::json(thing)};
    Gateway gateway{over(things, two_steps("old"))};
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("old"));
    EXPECT_EQ(get(gateway.port(), "/passed-on").status(), 404);
    auto routes = two_steps("new");
    routes += "more: { path: /passed-on, proxy: { upstream: things, path: /x } }\n";
    EXPECT_THAT(
        gateway.reload(over(things, routes)),
        EndsWith(R"-(info "reloaded: routes: 1 changed (thing), 1 added (more)")-")
    );
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("new"));
    EXPECT_EQ(get(gateway.port(), "/passed-on").status(), 200);
    EXPECT_THAT(gateway.reload(over(things, routes)), EndsWith(R"("reloaded: nothing changed")"));
    EXPECT_THAT(
        ask_admin(gateway, "/readyz").body,
        HasSubstr(R"("reloads":{"succeeded":2,"failed":0,"last":"succeeded"})")
    );
    gateway.expect_clean_end();
}

TEST(ReloadTest, MistakesKeepTheOldConfigurationAndAreToldWithTheirPlaces) {
    ScriptedService things{ScriptedService::json(thing)};
    Gateway gateway{over(things, two_steps("old"))};
    EXPECT_THAT(
        gateway.reload(over(things, R"(thing:
  path: /thing
  proxy: { upstream: thins, path: /x }
  timeot: 1s
)")),
        EndsWith(R"(error "reload failed: 2 mistakes, the old configuration stays")")
    );
    EXPECT_THAT(gateway.process().log_line("test.yaml:3:"), HasSubstr("thins"));
    EXPECT_THAT(gateway.process().log_line("test.yaml:4:3: "), HasSubstr("timeot"));
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("old"));
    EXPECT_THAT(
        ask_admin(gateway, "/readyz").body,
        HasSubstr(R"("reloads":{"succeeded":0,"failed":1,"last":"failed"})")
    );
    EXPECT_THAT(gateway.reload(over(things, two_steps("new"))), HasSubstr("reloaded: "));
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("new"));
    gateway.expect_clean_end();
}

TEST(ReloadTest, AnotherAddressToListenOnNeedsARestart) {
    ScriptedService things{ScriptedService::json(thing)};
    Gateway gateway{over(things, two_steps("old"))};
    auto text = over(things, two_steps("new"));
    text.listen = "127.0.0.1:" + std::to_string(things.port());
    EXPECT_THAT(gateway.reload(text), HasSubstr("reload failed: 1 mistake, "));
    EXPECT_THAT(
        gateway.process().log_line("gateway.yaml:2:9: "),
        HasSubstr("restart the gateway, or put \\\"127.0.0.1:0\\\" back")
    );
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("old"));
    gateway.expect_clean_end();
}

std::vector<std::string> targets(const ScriptedService& service) {
    std::vector<std::string> all;
    for (const auto& request : service.requests()) all.push_back(request.target());
    return all;
}

TEST(ReloadTest, WhatIsInWorkEndsWithThePlanAndThePoolItBeganWith) {
    Event go_on;
    ScriptedService things{[&go_on](const Message& request, Connection& connection) {
        if (request.target() == "/old/first" && !go_on.wait()) return;
        connection.send(json_answer(thing(request)));
    }};
    Gateway gateway{over(things, two_steps("old"))};
    auto client = Connection::to(gateway.port());
    client.send(request_bytes({.target = "/thing"}));
    ASSERT_TRUE(things.wait_for_requests(1));
    EXPECT_THAT(
        gateway.reload(over(things, two_steps("new"), "max_connections: 7")),
        HasSubstr("reloaded: routes: 1 changed (thing); upstreams: 1 changed (things)")
    );
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("new"));
    go_on.happen();
    const auto answer = client.read_message();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, body_by("old"));
    EXPECT_THAT(
        targets(things), ElementsAre("/old/first", "/new/first", "/new/second/7", "/old/second/7")
    );
    EXPECT_TRUE(things.wait_for_open_connections(1)) << "those of the old pool are closed";
    gateway.expect_clean_end();
}

TEST(ReloadTest, AnUpstreamThatDidNotChangeKeepsItsConnections) {
    ScriptedService things{ScriptedService::json(thing)};
    auto before = over(things, two_steps("old"));
    before.workers = 1;
    Gateway gateway{before};
    EXPECT_EQ(get(gateway.port(), "/thing").status(), 200);
    auto after = over(things, two_steps("new"));
    after.workers = 1;
    gateway.reload(after);
    EXPECT_EQ(get(gateway.port(), "/thing").body, body_by("new"));
    EXPECT_EQ(things.connections(), 1U);
    gateway.expect_clean_end();
}

TEST(ReloadTest, ABodyThatPassesThroughIsNotCut) {
    Event go_on;
    ScriptedService things{[&go_on](const Message&, Connection& connection) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
        if (go_on.wait()) connection.send("other");
    }};
    const std::string route = "thing: { path: /thing, proxy: { upstream: things, path: /x } }\n";
    Gateway gateway{over(things, route)};
    auto client = Connection::to(gateway.port());
    client.send(request_bytes({.target = "/thing"}));
    ASSERT_TRUE(things.wait_for_requests(1));
    EXPECT_THAT(
        gateway.reload(over(things, two_steps("new"), "max_connections: 7")),
        HasSubstr("reloaded: routes: 1 changed (thing); upstreams: 1 changed (things)")
    );
    go_on.happen();
    const auto answer = client.read_message();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "firstother");
    EXPECT_TRUE(things.wait_for_open_connections(0));
    gateway.expect_clean_end();
}

// In the place of the gateway file, so that a test decides how long reading it takes.
class SlowFile {
  public:
    explicit SlowFile(std::filesystem::path path) : path_{std::move(path)} {
        const auto fifo = path_.string() + ".fifo";
        if (::mkfifo(fifo.c_str(), 0600) != 0) throw std::runtime_error{"mkfifo " + fifo};
        std::filesystem::rename(fifo, path_);
    }

    // Comes back once the reader is there.
    std::ofstream open() const { return std::ofstream{path_}; }

  private:
    std::filesystem::path path_;
};

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(ReloadTest, WhileItReadsHealthIsAnsweredAndFurtherSignalsAreOneMoreReading) {
    ScriptedService things{ScriptedService::json(thing)};
    Gateway gateway{over(things, two_steps("old"))};
    const auto path = gateway.directory().path() / "config/gateway.yaml";
    const auto text = text_of(path);
    const SlowFile slow{path};
    gateway.process().signal(SIGHUP);
    auto first = slow.open();
    for (int i = 0; i < 5; ++i) {
        gateway.process().signal(SIGHUP);
        // Its answer says that the signal before it has been taken.
        EXPECT_EQ(ask_admin(gateway, "/livez").status(), 200);
    }
    EXPECT_EQ(get(gateway.port(), "/thing").status(), 200);
    first << text;
    first.close();
    EXPECT_THAT(gateway.reload_line(1), HasSubstr("nothing changed"));
    slow.open() << text;
    EXPECT_THAT(gateway.reload_line(2), HasSubstr("nothing changed"));
    std::filesystem::remove(path);
    gateway.process().signal(SIGHUP);
    EXPECT_THAT(gateway.reload_line(3), HasSubstr("reload failed")) << "the third reading";
    gateway.expect_clean_end();
}

TEST(ReloadTest, ASignalBeforeItServesIsAReload) {
    ScriptedService things{ScriptedService::json(thing)};
    const TemporaryDirectory directory;
    const auto path = write_configuration(directory, over(things, two_steps("old")));
    const auto text = text_of(path);
    const SlowFile slow{path};
    Process process{{weft_program(), "run", path.string()}};
    auto first = slow.open();
    process.signal(SIGHUP);
    first << text;
    first.close();
    process.port_after("listening on ");
    slow.open() << text;
    EXPECT_THAT(process.log_line("\"reload"), HasSubstr("nothing changed"));
    process.signal(SIGTERM);
    EXPECT_EQ(process.wait_for_exit(), 0) << process.errors();
}

// tests/load/reload does it a thousand times.
TEST(ReloadTest, FiftyReloadsUnderLoadLoseNothing) {
    ScriptedService things{ScriptedService::json(thing)};
    Gateway gateway{over(things, two_steps("old"))};
    Load load{gateway.port(), "/thing", {body_by("old"), body_by("new")}};
    std::string served = "old";
    for (int i = 0; i < 50; ++i) {
        const bool broken = i % 10 == 9;
        if (!broken) served = served == "old" ? "new" : "old";
        const char* const more = i % 3 == 0 ? "max_connections: 7" : "";
        const auto routes = broken ? "thing: { path: /thing }\n" : two_steps(served);
        EXPECT_THAT(
            gateway.reload(over(things, routes, more)),
            HasSubstr(broken ? "reload failed" : "reloaded: ")
        );
        EXPECT_EQ(get(gateway.port(), "/thing").body, body_by(served)) << i;
    }
    load.stop();
    EXPECT_GE(load.answered(), 3U);
    gateway.expect_clean_end();
}

}  // namespace
}  // namespace weft
