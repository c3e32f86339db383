#include "app/reload.hpp"

#include <gmock/gmock.h>

#include <ostream>

#include "unit/app/served_files.hpp"

namespace weft {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RereadTest : public ::testing::Test {
  protected:
    ServedFiles files_;
};

TEST_F(RereadTest, GivesWhatTheFilesSayNow) {
    const auto running = files_.served();
    files_.write("", two_upstreams, R"(new: { path: /new, proxy: { upstream: users, path: /n } })");
    const auto read = reread(files_.file(), *running);
    ASSERT_TRUE(read.configuration);
    EXPECT_EQ(read.configuration->snapshot->plans.at(0).name, "new");
    EXPECT_EQ(read.count, 0U);
    EXPECT_THAT(read.mistakes, IsEmpty());
}

TEST_F(RereadTest, SaysEveryMistakeAndGivesNothing) {
    const auto running = files_.served();
    files_.write("", two_upstreams, R"(order:
  path: /orders/{id}
  proxy: { upstream: oders, path: "/orders/{id}" }
  timeot: 1s
)");
    const auto read = reread(files_.file(), *running);
    EXPECT_FALSE(read.configuration);
    EXPECT_EQ(read.count, 2U);
    ASSERT_EQ(read.mistakes.size(), 2U);
    EXPECT_THAT(files_.line(read.mistakes[0]), HasSubstr("routes.yaml:3:22: "));
    EXPECT_THAT(files_.line(read.mistakes[1]), HasSubstr("routes.yaml:4:3: "));
}

TEST_F(RereadTest, CountsAlsoTheMistakesItLeavesOut) {
    const auto running = files_.served();
    std::string routes = two_routes;
    for (int i = 0; i < 70; ++i) routes += "r" + std::to_string(i) + ": { wrong: 1 }\n";
    files_.write("", two_upstreams, routes);
    const auto read = reread(files_.file(), *running);
    EXPECT_GE(read.count, 70U);
    EXPECT_EQ(read.mistakes.size(), Diagnostics::max_errors + 1);
}

TEST_F(RereadTest, AFileThatIsGoneIsAMistake) {
    const auto running = files_.served();
    const auto read = reread("/nowhere/gateway.yaml", *running);
    EXPECT_FALSE(read.configuration);
    EXPECT_EQ(read.count, 1U);
    EXPECT_THAT(read.mistakes, ElementsAre(HasSubstr("/nowhere/gateway.yaml")));
}

struct Restart {
    const char* before;
    const char* after;
    const char* mistake;  // null: it is taken
};

void PrintTo(const Restart& restart, std::ostream* out) { *out << restart.after; }

class RestartTest : public RereadTest, public ::testing::WithParamInterface<Restart> {};

TEST_P(RestartTest, WhatOnlyARestartCanChangeIsAMistake) {
    files_.write(GetParam().before, two_upstreams, two_routes);
    const auto running = files_.served();
    files_.write(GetParam().after, two_upstreams, two_routes);
    const auto read = reread(files_.file(), *running);
    if (GetParam().mistake == nullptr) {
        EXPECT_TRUE(read.configuration);
        EXPECT_THAT(read.mistakes, IsEmpty());
        return;
    }
    EXPECT_FALSE(read.configuration);
    ASSERT_EQ(read.mistakes.size(), 1U);
    EXPECT_EQ(files_.line(read.mistakes[0]), GetParam().mistake);
}

INSTANTIATE_TEST_SUITE_P(
    Each,
    RestartTest,
    ::testing::Values(
        Restart{
            "listen: 127.0.0.1:8080\n",
            "listen: 127.0.0.1:8081\n",
            R"(gateway.yaml:3:9: "listen" changes only by a restart: restart the gateway, or put "127.0.0.1:8080" back)"},
        Restart{
            "listen: \"[::1]:8080\"\n",
            "listen: 127.0.0.1:8080\n",
            R"(gateway.yaml:3:9: "listen" changes only by a restart: restart the gateway, or put "[::1]:8080" back)"},
        Restart{
            "admin: { listen: \"127.0.0.1:0\" }\n",
            "",
            R"(gateway.yaml:1:1: "admin.listen" changes only by a restart: restart the gateway, or put "127.0.0.1:0" back)"},
        Restart{
            "",
            "admin: { listen: \"127.0.0.1:9901\" }\n",
            R"(gateway.yaml:3:19: "admin.listen" changes only by a restart: restart the gateway, or put "none" back)"},
        Restart{
            "workers: 2\n",
            "workers: 3\n",
            R"(gateway.yaml:3:10: "workers" changes only by a restart: restart the gateway, or put "2" back)"},
        Restart{"workers: 200\n", "workers: auto\n", nullptr},
        Restart{"listen: 127.0.0.1:8080\n", "", nullptr},
        Restart{"", "limits: { connections: 7 }\n", nullptr}
    )
);

TEST_F(RereadTest, TheWorkersThatRunShareTheLimitsAlsoWhereAutoWouldNowBeAnotherNumber) {
    files_.write("workers: 200\n", two_upstreams, two_routes);
    const auto running = files_.served();
    files_.write(
        "workers: auto\n",
        R"(upstreams:
  orders: { url: "http://127.0.0.1:9001", max_connections: 1000 }
  users: { url: "http://127.0.0.1:9002" }
)",
        two_routes
    );
    const auto read = reread(files_.file(), *running);
    ASSERT_TRUE(read.configuration);
    EXPECT_EQ(read.configuration->workers, 200U);
    EXPECT_EQ(read.configuration->upstreams[0].max_connections, 5U);
}

}  // namespace
}  // namespace weft
