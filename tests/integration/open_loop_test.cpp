// The client that load is made with, because figures are only as honest as it is.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <sstream>

#include "integration/harness/process.hpp"
#include "integration/harness/scripted_service.hpp"
#include "places.hpp"

namespace weft {
namespace {

using Json = nlohmann::json;

// The reports of the phases.
std::vector<Json> run_open_loop(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{open_loop_program()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    Process process{std::move(all)};
    EXPECT_EQ(process.wait_for_exit(), 0) << process.errors();
    std::vector<Json> reports;
    std::istringstream lines{process.output()};
    for (std::string line; std::getline(lines, line);) reports.push_back(Json::parse(line));
    return reports;
}

std::string url_of(const ScriptedService& service) {
    return "http://127.0.0.1:" + std::to_string(service.port()) + "/things/{n}";
}

TEST(OpenLoopTest, TellsWhatBecameOfEachRequestOfAPhase) {
    std::atomic<int> number = 0;
    ScriptedService service{[&](const Message&, Connection& connection) {
        switch (number++ % 4) {
            case 0:
                connection.send("HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
                break;
            case 1:
                connection.send(answer_bytes(404, "{}"));
                break;
            case 2:
                connection.close();
                break;
            default:
                connection.send(json_answer("1"));
        }
    }};
    const auto reports = run_open_loop({url_of(service), "100x0.8", "200x0.1"});
    ASSERT_EQ(reports.size(), 2U);
    const Json& first = reports.front();
    EXPECT_EQ(first.at("sent"), 80);
    EXPECT_EQ(first.at("refused"), 20);
    EXPECT_EQ(first.at("refused_undisturbed"), 20);  // nobody watches
    EXPECT_EQ(first.at("without_retry_after"), 0);
    EXPECT_EQ(first.at("other"), 20);
    EXPECT_EQ(first.at("failed"), 20);
    EXPECT_EQ(first.at("ok"), 20);
    EXPECT_LE(first.at("refused_since_sent_ms").at("p50"), first.at("refused_ms").at("p50"));
    EXPECT_EQ(reports.back().at("sent"), 20);
    const auto asked = service.requests();
    EXPECT_TRUE(std::ranges::any_of(asked, [](const Message& request) {
        return request.target() == "/things/100";
    }));
}

// One connection, and a first answer that takes its time: those behind it are late, and say so.
TEST(OpenLoopTest, CountsLatencyFromTheIntendedStart) {
    std::atomic<bool> first = true;
    ScriptedService service{[&](const Message&, Connection& connection) {
        if (first.exchange(false)) connection.closes_within(std::chrono::milliseconds{300});
        connection.send(json_answer("1"));
    }};
    const auto report = run_open_loop({"--connections", "1", url_of(service), "100x0.2"}).at(0);
    EXPECT_EQ(report.at("ok"), 20);
    EXPECT_GE(report.at("sent_late"), 19);
    EXPECT_GE(report.at("ok_ms").at("p50"), 150.0);
}

TEST(OpenLoopTest, GivesUpOnARequestAfterItsTime) {
    ScriptedService service{
        [](const Message&, Connection& connection) { connection.closes_within(); }};
    const auto report = run_open_loop({"--timeout", "100", url_of(service), "100x0.1"}).at(0);
    EXPECT_EQ(report.at("failed"), 10);
    EXPECT_EQ(report.at("ok"), 0);
}

}  // namespace
}  // namespace weft
