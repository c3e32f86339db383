// Trouble of the process itself: no file descriptors, no room for the log, a clock that jumps, a
// kill.
#include <arpa/inet.h>
#include <gmock/gmock.h>

#include <csignal>
#include <ctime>
#include <filesystem>
#include <iostream>

#include "chaos/harness/scale.hpp"
#include "integration/harness/ask.hpp"
#include "integration/harness/events.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"
#include "places.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class ProcessChaos : public testing::Test {
  protected:
    // Runs it behind `words` of the shell, with `more` in its file.
    void run(
        const std::string& words, const std::string& more = "", const std::string& behind = ""
    ) {
        const GatewayText text{
            .upstreams = {{"things", things_.port(), "60s"}}, .routes = thing_route, .more = more};
        const auto file = write_configuration(directory_, text).string();
        const auto command = words + " '" + weft_program() + "' run '" + file + "' " + behind;
        process_ =
            std::make_unique<Process>(std::vector<std::string>{"/bin/sh", "-c", "exec " + command});
        port_ = port_in_log("listening on ");
        admin_port_ = port_in_log("admin on ");
    }
    // Standard output may be what does not work.
    std::uint16_t port_in_log(const std::string& beginning) {
        const auto line = process_->log_line(beginning);
        return static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
    }
    std::string metrics() const { return get_admin(admin_port_, "/metrics").body; }
    int ask() const { return get(port_, "/thing/1").status(); }
    void expect_clean_end() {
        process_->signal(SIGTERM);
        EXPECT_EQ(process_->wait_for_exit(), 0) << process_->errors();
    }
    std::size_t log_lines(const std::string& text) const {
        const auto errors = process_->errors();
        std::size_t count = 0;
        for (auto at = errors.find(text); at != errors.npos; at = errors.find(text, at + 1))
            ++count;
        return count;
    }

    TemporaryDirectory directory_;
    Event answer_;
    ScriptedService things_{[this](const Message& request, Connection& connection) {
        if (request.target() != "/things/waits" || answer_.wait())
            connection.send(json_answer("1"));
    }};
    std::unique_ptr<Process> process_;
    std::uint16_t port_ = 0;
    std::uint16_t admin_port_ = 0;
};

TEST_F(ProcessChaos, TheSoftLimitOfFilesIsRaised) {
    run("prlimit --nofile=64:1024");
    std::vector<Connection> connections;
    for (int i = 0; i < 200; ++i) {
        connections.push_back(Connection::to(port_));
        EXPECT_EQ(ask_on(connections.back(), {.target = "/thing/1"}).status(), 200);
    }
    expect_clean_end();
}

TEST_F(ProcessChaos, WithoutFilesItPausesClosesIdleConnectionsAndGoesOn) {
    if (!built_for_speed) GTEST_SKIP() << "a sanitizer needs file descriptors itself";
    run("prlimit --nofile=128:128");
    auto in_work = Connection::to(port_);
    in_work.send(request_bytes({.target = "/thing/waits"}));
    ASSERT_TRUE(things_.wait_for_requests(1));
    const auto began = Clock::now();
    std::vector<Connection> connections;
    std::size_t answered = 0;
    for (int i = 0; i < 400; ++i) {
        connections.push_back(Connection::to(port_));
        if (ask_on(connections.back(), {.target = "/thing/1"}).status() == 200) ++answered;
    }
    const auto took = Clock::now() - began;
    EXPECT_EQ(answered, 400U) << "idle ones made room";
    answer_.happen();
    EXPECT_EQ(in_work.read_message().value().status(), 200) << "what is in work is not touched";
    const auto warnings = log_lines("accepting pauses: Too many open files");
    std::cout << "400 clients with 128 files: " << answered << " answered in "
              << std::chrono::duration_cast<milliseconds>(took).count() << " ms, " << warnings
              << " log lines\n";
    EXPECT_GE(warnings, 1U);
    EXPECT_LE(warnings, static_cast<std::size_t>(took / seconds{1}) + 1) << "one a second";
    EXPECT_THAT(metrics(), Not(HasSubstr("weft_accept_pauses_total 0\n")));
    connections.clear();
    EXPECT_EQ(ask(), 200);
    expect_clean_end();
}

TEST_F(ProcessChaos, ALogWithoutRoomLosesLinesAndNothingElse) {
    run("", "", ">/dev/full");
    const int requests = scaled(20'000, 400);
    auto connection = Connection::to(port_);
    for (int i = 0; i < requests; ++i) {
        ASSERT_EQ(ask_on(connection, {.target = "/thing/1"}).status(), 200);
    }
    const auto dropped = "weft_log_lines_dropped_total " + std::to_string(requests) + "\n";
    const auto give_up = Clock::now() + patience;
    while (metrics().find(dropped) == std::string::npos && Clock::now() < give_up) {
    }
    EXPECT_THAT(metrics(), HasSubstr(dropped));
    expect_clean_end();
}

// A reader of the log that has stopped: a pipe takes 64 KiB, the queue 4 MiB.
TEST_F(ProcessChaos, ALogThatTakesNothingBlocksNobody) {
    run("", "", "| sleep 600");
    const int requests = scaled(60'000, 400);
    auto slowest = Clock::duration::zero();
    auto connection = Connection::to(port_);
    for (int i = 0; i < requests; ++i) {
        const auto began = Clock::now();
        ASSERT_EQ(ask_on(connection, {.target = "/thing/1"}).status(), 200);
        slowest = std::max(slowest, Clock::now() - began);
    }
    std::cout << requests << " requests with a log that takes nothing, slowest "
              << std::chrono::duration_cast<milliseconds>(slowest).count() << " ms\n";
    if (in_full()) {
        EXPECT_THAT(metrics(), Not(HasSubstr("weft_log_lines_dropped_total 0\n")));
    }
    if (built_for_speed) {
        EXPECT_LT(slowest, seconds{1});
    }
}

class ClockChaos : public ProcessChaos {
  protected:
    // What libfaketime reads again for each look at the clock.
    void set_clock(const std::string& offset) { directory_.write("clock", offset + "\n"); }
    static std::string library() {
        for (const std::string place :
             {"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"}) {
            auto file = place + "/faketime/libfaketimeMT.so.1";
            if (std::filesystem::exists(file)) return file;
        }
        throw std::runtime_error{"faketime is missing: script/bootstrap script/test-packages"};
    }
    void run_by_clock() {
        set_clock("+0");
        run("env ASAN_OPTIONS=verify_asan_link_order=0 LD_PRELOAD=" + library() +
            " FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_NO_CACHE=1 FAKETIME_TIMESTAMP_FILE=" +
            (directory_.path() / "clock").string());
    }
    std::time_t date() const {
        const auto text = get(port_, "/thing/1").field("date");
        std::tm parts{};
        ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        return ::timegm(&parts);
    }
};

TEST_F(ClockChaos, AnHourForwardsOrBackMovesTheDateAndNoDeadline) {
    run_by_clock();
    auto kept = Connection::to(port_);
    for (const std::string offset : {"+1h", "-1h"}) {
        const auto before = date();
        kept.send(request_bytes({.target = "/thing/waits"}));
        ASSERT_TRUE(things_.wait_for_requests(offset == "+1h" ? 2 : 5));
        set_clock(offset);
        const auto moved = date() - before;
        std::cout << "clock set " << offset << ": Date moved by " << moved << " s\n";
        EXPECT_GT(std::abs(moved), 3000);
        answer_.happen();
        EXPECT_EQ(kept.read_message().value().status(), 200) << "its deadline is 60 s";
        EXPECT_EQ(ask_on(kept, {.target = "/thing/1"}).status(), 200) << "it was not idle for long";
    }
    // libfaketime shifts a timerfd that is set to a time which has passed, as a drain may do,
    // although it is a monotonic one; the kernel then refuses it.
    set_clock("+0");
    expect_clean_end();
}

class KillChaos : public ProcessChaos {};

TEST_F(KillChaos, AfterAKillItIsReadyAgainAtOnce) {
    auto slowest = Clock::duration::zero();
    for (int i = 0; i < scaled(20, 3); ++i) {
        const auto began = Clock::now();
        run("");
        EXPECT_EQ(get_admin(admin_port_, "/readyz").status(), 200);
        EXPECT_EQ(ask(), 200);
        slowest = std::max(slowest, Clock::now() - began);
        process_->signal(SIGKILL);
        EXPECT_EQ(process_->wait_for_exit(), 128 + SIGKILL);
    }
    std::cout << "start to first answer, slowest: "
              << std::chrono::duration_cast<milliseconds>(slowest).count() << " ms\n";
    if (built_for_speed) {
        EXPECT_LT(slowest, milliseconds{200});
    }
}

// On the same port, while clients are connected to the one that is killed.
TEST_F(KillChaos, ThePortIsFreeAtOnce) {
    run("");
    std::vector<Connection> connections;
    for (int i = 0; i < 20; ++i) {
        connections.push_back(Connection::to(port_));
        EXPECT_EQ(ask_on(connections.back(), {.target = "/thing/1"}).status(), 200);
    }
    const auto port = port_;
    process_->signal(SIGKILL);
    EXPECT_EQ(process_->wait_for_exit(), 128 + SIGKILL);
    const GatewayText text{
        .upstreams = {{"things", things_.port(), "60s"}},
        .routes = thing_route,
        .listen = "127.0.0.1:" + std::to_string(port)};
    Process again{{weft_program(), "run", write_configuration(directory_, text).string()}};
    EXPECT_EQ(again.port_after("listening on "), port);
    EXPECT_EQ(get(port, "/thing/1").status(), 200);
}

}  // namespace
}  // namespace weft
