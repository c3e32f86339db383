// SIGTERM under load: no request that a service has seen is without its whole answer, and the
// gateway ends as asked.
#include <gtest/gtest.h>

#include <csignal>
#include <iostream>
#include <set>

#include "chaos/harness/scale.hpp"
#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

const std::size_t rounds = scaled<std::size_t>(25, 2);
const std::size_t answers_before = scaled<std::size_t>(4'000, 60);  // of each round
constexpr int clients = 32;

struct Fate {
    std::size_t answered = 0;
    std::set<std::string> unanswered;  // targets whose answer never came
};

class DrainChaos : public testing::Test {
  protected:
    // Asks until it can connect no more. Every other one takes a new connection each time.
    void ask_on_and_on(int client, std::uint16_t port) {
        std::optional<Connection> kept;
        for (int i = 0;; ++i) {
            const auto target = "/thing/" + std::to_string(round_) + "-" + std::to_string(client) +
                                "-" + std::to_string(i);
            try {
                if (!kept) kept.emplace(Connection::to(port));
            } catch (const std::system_error&) {
                return;  // nobody listens any more
            }
            bool ends = client % 2 == 0;
            try {
                const auto answer = ask_on(*kept, {.target = target});
                EXPECT_EQ(answer.status(), 200) << answer.body;
                ends = ends || answer.field("connection") == "close";
                note_answer();
            } catch (const std::exception&) {
                note_loss(target);
                ends = true;
            }
            if (ends) kept.reset();
        }
    }

    void note_answer() {
        const std::lock_guard lock{mutex_};
        ++fate_.answered;
        changed_.notify_all();
    }
    void note_loss(const std::string& target) {
        const std::lock_guard lock{mutex_};
        fate_.unanswered.insert(target);
    }
    void wait_for_answers(std::size_t count) {
        std::unique_lock lock{mutex_};
        EXPECT_TRUE(changed_.wait_for(lock, patience, [&] { return fate_.answered >= count; }));
    }

    void run_round() {
        Gateway gateway{GatewayText{
            .upstreams = {{"things", things_.port(), "60s"}}, .routes = thing_route, .workers = 2}};
        const auto before = fate_.answered;
        std::vector<std::thread> threads;
        threads.reserve(clients);
        for (int client = 0; client < clients; ++client) {
            threads.emplace_back([this, client, &gateway] { ask_on_and_on(client, gateway.port()); }
            );
        }
        wait_for_answers(before + answers_before);
        gateway.expect_clean_end();
        for (auto& thread : threads) thread.join();
    }

    std::size_t round_ = 0;
    ScriptedService things_{ScriptedService::json([](const Message&) { return "1"; })};
    std::mutex mutex_;  // guards what follows
    std::condition_variable changed_;
    Fate fate_;
};

TEST_F(DrainChaos, NoRequestThatWasReceivedIsLost) {
    for (; round_ < rounds; ++round_) run_round();
    std::size_t lost = 0;
    for (const auto& request : things_.requests()) {
        lost += fate_.unanswered.count("/thing" + request.target().substr(7));
    }
    std::cout << fate_.answered << " answered over " << rounds << " drains; " << lost << " lost; "
              << fate_.unanswered.size()
              << " came when their connection was closing, and reached no service\n";
    EXPECT_EQ(lost, 0U);
    EXPECT_GE(fate_.answered, rounds * answers_before);
}

// What waits in the backlog when the signal comes is served as well: the one worker is busy.
TEST_F(DrainChaos, ConnectionsThatWaitInTheBacklogAreServed) {
    Gateway gateway{
        GatewayText{.upstreams = {{"things", things_.port(), "60s"}}, .routes = thing_route}};
    gateway.process().signal(SIGSTOP);
    std::vector<Connection> waiting;
    for (int i = 0; i < 50; ++i) {
        waiting.push_back(Connection::to(gateway.port()));
        waiting.back().send(request_bytes({.target = "/thing/" + std::to_string(i)}));
    }
    gateway.process().signal(SIGTERM);
    gateway.process().signal(SIGCONT);
    for (auto& connection : waiting) {
        const auto answer = connection.read_message();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status(), 200);
        EXPECT_EQ(answer->field("connection"), "close");
    }
    EXPECT_EQ(gateway.process().wait_for_exit(), 0);
}

TEST_F(DrainChaos, ReadinessSaysSoBeforeConnectionsAreRefused) {
    Gateway gateway{GatewayText{
        .upstreams = {{"things", things_.port(), "60s"}},
        .routes = thing_route,
        .more = "drain: { delay: 60s }\n"}};
    EXPECT_EQ(get_admin(gateway.admin_port(), "/readyz").status(), 200);
    gateway.process().signal(SIGTERM);
    gateway.process().log_line("draining");
    EXPECT_EQ(get_admin(gateway.admin_port(), "/readyz").status(), 503);
    EXPECT_EQ(get(gateway.port(), "/thing/1").status(), 200) << "load balancers still send some";
    gateway.process().signal(SIGTERM);
    EXPECT_EQ(gateway.process().wait_for_exit(), 1) << "a second signal ends it now";
}

}  // namespace
}  // namespace weft
