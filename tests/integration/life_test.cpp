// The gateway as a process: how it starts, what it refuses to start with, how it lives with
// services that come and go, how it ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <mutex>
#include <nlohmann/json.hpp>
#include <system_error>

#include "integration/harness/ask.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"
#include "integration/harness/services.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::ordered_json;

TEST(LifeTest, SigtermFinishesWhatIsInWork) {
    // Answers when the test lets it.
    std::mutex gate;
    std::unique_lock closed_gate{gate};
    ScriptedService things{[&gate](const Message& request, Connection& connection) {
        if (request.target() == "/things/slow") const std::lock_guard open{gate};
        connection.send(json_answer("1"));
    }};
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things.port(), "60s"}}, .routes = thing_route, .workers = 2}};
    auto idle = Connection::to(gateway.port());
    EXPECT_EQ(ask_on(idle, {.target = "/thing/quick"}).status(), 200);
    auto busy = Connection::to(gateway.port());
    busy.send(request_bytes({.target = "/thing/slow"}));
    ASSERT_TRUE(things.wait_for_requests(2));
    gateway.process().signal(SIGTERM);
    EXPECT_TRUE(idle.closes_within()) << "nothing is in work there";
    EXPECT_EQ(gateway.process().wait_for_exit(std::chrono::milliseconds{0}), std::nullopt);
    closed_gate.unlock();
    const auto answer = busy.read_message();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, R"({"thing":1})");
    EXPECT_EQ(answer->field("connection"), "close");
    EXPECT_TRUE(busy.closes_within());
    EXPECT_EQ(gateway.process().wait_for_exit(), 0);
}

TEST(LifeTest, WithNothingInWorkSigtermEndsItAtOnce) {
    for (const int signal : {SIGTERM, SIGINT}) {
        Gateway gateway{GatewayText{.upstreams = {{"things", 9}}, .routes = thing_route}};
        gateway.process().signal(signal);
        EXPECT_EQ(gateway.process().wait_for_exit(), 0);
        EXPECT_THROW(Connection::to(gateway.port()), std::system_error);
    }
}

TEST(LifeTest, APortThatIsTakenIsOneClearLineAndNoStart) {
    Gateway first{GatewayText{.upstreams = {{"things", 9}}, .routes = thing_route}};
    const auto taken = "127.0.0.1:" + std::to_string(first.port());
    TemporaryDirectory directory;
    const auto config = write_configuration(
        directory,
        {.upstreams = {{"things", 9}}, .routes = thing_route, .workers = 2, .listen = taken}
    );
    Process second{{weft_program(), "run", config.string()}};
    EXPECT_EQ(second.wait_for_exit(), 1);
    const auto errors = second.errors();
    EXPECT_NE(errors.find(taken), std::string::npos) << errors;
    EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 1) << errors;
    EXPECT_EQ(second.output(), "");
}

TEST(LifeTest, AServiceThatDiesIsAMissingPartUntilItIsBack) {
    Services services;
    Gateway gateway{GatewayText{.upstreams = services.upstreams()}};
    const auto whole = get(gateway.port(), "/order-details/o-8");
    ASSERT_EQ(whole.status(), 200);

    services.users.kill();
    const auto partial = get(gateway.port(), "/order-details/o-8");
    EXPECT_EQ(partial.status(), 200);
    EXPECT_EQ(partial.field("weft-complete"), "false");
    const auto body = Json::parse(partial.body);
    EXPECT_TRUE(body.at("user").is_null());
    const Json entry{{"path", "/user"}, {"code", "upstream_refused"}, {"status", 502}};
    EXPECT_EQ(body.at("errors"), Json::array({entry}));
    const auto refused = get(gateway.port(), "/user-dashboard/u-1");
    EXPECT_EQ(refused.status(), 502);
    EXPECT_EQ(refused.field("proxy-status"), "weft; error=connection_refused");

    services.users.start_again();
    EXPECT_EQ(get(gateway.port(), "/order-details/o-8").body, whole.body);
    gateway.expect_clean_end();
}

struct Check {
    int exit_code;
    std::string output;
    std::string errors;
};

Check check(const GatewayText& text) {
    TemporaryDirectory directory;
    const auto config = write_configuration(directory, text);
    Process process{{weft_program(), "check", config.string()}};
    const auto code = process.wait_for_exit();
    return {code.value_or(-1), process.output(), process.errors()};
}

TEST(LifeTest, CheckFindsNothingWrongWithTheShippedConfiguration) {
    Process process{{weft_program(), "check", source_tree() + "/config/gateway.yaml"}};
    EXPECT_EQ(process.wait_for_exit(), 0) << process.errors();
    EXPECT_EQ(process.errors(), "");
}

TEST(LifeTest, CheckFindsEveryMistakeInOneRun) {
    const auto found = check({.upstreams = {{"things", 9}}, .routes = R"(first:
  path: /first/{id}
  timeot: 1s
  steps:
    thing: { upstream: thing, path: "/things/{id}" }
    other: { upstream: things, path: "/things/${thin.id}" }
  response: { body: { thing: "${thing}", other: "${other}" } }
second:
  path: /second
  timeout: 300
  steps:
    a: { upstream: things, path: "/${b.id}" }
    b: { upstream: things, path: "/${a.id}" }
  response: { body: { a: "${a}", b: "${b}" } }
)"});
    EXPECT_EQ(found.exit_code, 78);
    EXPECT_EQ(found.output, "");
    const std::vector<std::string> expected{
        "test.yaml:3:3: ",   // the unknown key
        "\"timeout\"",       // and what it is near to
        "test.yaml:5:24: ",  // the unknown upstream
        "\"things\"",
        "unknown step \"thin\"",
        "test.yaml:10:12: ",  // a duration without a unit
        "cycle",
    };
    for (const auto& text : expected) {
        EXPECT_NE(found.errors.find(text), std::string::npos) << text << "\n--- in\n"
                                                              << found.errors;
    }
}

TEST(LifeTest, RunRefusesWhatCheckRefuses) {
    TemporaryDirectory directory;
    const auto config = write_configuration(directory, {.upstreams = {}, .routes = thing_route});
    Process process{{weft_program(), "run", config.string()}};
    EXPECT_EQ(process.wait_for_exit(), 78);
    EXPECT_NE(process.errors(), "");
    EXPECT_EQ(process.output(), "");
    Process missing{{weft_program(), "check", (directory.path() / "nothing.yaml").string()}};
    EXPECT_EQ(missing.wait_for_exit(), 78);
}

TEST(LifeTest, AWrongCommandLineIsRefused) {
    Process unknown{{weft_program(), "fly"}};
    EXPECT_EQ(unknown.wait_for_exit(), 64);
    Process version{{weft_program(), "--version"}};
    EXPECT_EQ(version.wait_for_exit(), 0);
    EXPECT_TRUE(version.output().starts_with("weft "));
}

}  // namespace
}  // namespace weft
