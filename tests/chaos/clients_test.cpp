// Clients that are slow, silent, endless or hostile: they are shown out in their time, a good
// client among them notices nothing, and memory stays.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>

#include "chaos/harness/cores.hpp"
#include "chaos/harness/hostile_crowd.hpp"
#include "chaos/harness/probe.hpp"
#include "chaos/harness/scale.hpp"
#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/gauges.hpp"
#include "integration/harness/routes.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

const std::size_t crowd = scaled<std::size_t>(1'500, 60);
const std::size_t probes = scaled<std::size_t>(100, 10);
const std::uint64_t hostile_bytes = scaled<std::uint64_t>(200, 4) << 20;
constexpr std::size_t spare_memory = 8 << 10;  // KiB, of the allocator
// In full they are the defaults, but for `body`: of 10 s a body just below the lowest rate could
// live for minutes.
const std::string times =
    in_full() ? "timeouts: { body: 2s }\n"
              : "timeouts: { first_byte: 600ms, head: 600ms, body: 600ms, write: 600ms }\n";
const std::string order_route_with_body = R"(
order:
  method: POST
  path: /order
  timeout: 60s
  steps: { made: { upstream: things, method: POST, path: /made, body: "${request.body}" } }
  response: { body: { made: "${made}" } }
flooded:
  path: /flooded
  timeout: 60s
  steps: { one: { upstream: flooded, path: /one } }
  response: { body: { one: "${one}" } }
big:
  path: /big
  timeout: 60s
  steps: { big: { upstream: things, path: /big } }
  response: { body: { big: "${big}" } }
)";

// KiB.
std::size_t memory_of(const Process& process) {
    std::ifstream status{"/proc/" + std::to_string(process.pid()) + "/status"};
    for (std::string word; status >> word;) {
        std::size_t size = 0;
        if (word == "VmRSS:" && status >> size) return size;
    }
    throw std::runtime_error{"no VmRSS"};
}

// What a crowd does, and how much of it at least while the good client is among them.
struct Attack {
    std::string what;
    std::size_t members = crowd;
    Habit habit{};
    std::uint64_t sent = 0;   // bytes
    std::size_t ended = 0;    // connections
    std::size_t memory = 80;  // KiB for each member: one head or small body, and the connection
};

class ClientsChaos : public testing::Test {
  protected:
    ClientsChaos() {
        get(gateway_.port(), "/thing/1");
        if (!in_full()) return;
        keep_on_core(gateway_.process().pid(), 0);
        keep_on_core(::getpid(), 1);
    }

    // Who runs on a shared machine in full wants to know what was the machine's.
    static Probe::Machine machine() {
        return in_full() ? Probe::Machine::watched : Probe::Machine::unwatched;
    }

    // What the probe sees, meanwhile and with nobody else there.
    void expect_probe_unmoved(const Attack& attack) {
        const Probed idle = Probe{gateway_.port(), "/thing/1", machine()}.stop_after(probes);
        const std::size_t memory = memory_of(gateway_.process());
        asked_before_ = things_.requests().size();
        crowd_.emplace(gateway_.port(), attack.members, attack.habit);
        if (!attack.habit.reads) wait_for_answers(attack.members);
        Probe probe{gateway_.port(), "/thing/1", machine()};
        EXPECT_TRUE(crowd_->wait_for_sent(attack.sent));
        EXPECT_TRUE(crowd_->wait_for_ended(attack.ended));
        const Probed among = probe.stop_after(probes);
        const std::size_t now = memory_of(gateway_.process());
        const std::size_t grown = now - std::min(now, memory);
        std::cout << attack.what << ": " << attack.members << " at a time, " << crowd_->ended()
                  << " ended, " << (crowd_->sent() >> 20) << " MiB sent; probe " << among.text()
                  << " (idle: p99 " << idle.p99.count() << " us); memory +" << grown << " KiB\n";
        EXPECT_EQ(idle.failed, 0U);
        EXPECT_EQ(among.failed, 0U);
        if (!in_full() || !built_for_speed) return;
        EXPECT_LE(among.disturbed, among.asked / 2) << "the machine is too busy to tell";
        // Below a few milliseconds it is the machine that is measured.
        EXPECT_LE(among.p99, std::max(3 * idle.p99, std::chrono::microseconds{5000}));
        EXPECT_LE(grown, attack.members * attack.memory + spare_memory);
    }

    // All of them have been asked for, and are here.
    void wait_for_answers(std::size_t members) {
        EXPECT_TRUE(things_.wait_for_requests(asked_before_ + members));
        EXPECT_TRUE(
            wait_for_metric(gateway_.admin_port(), R"(weft_calls_in_flight{upstream="things"} 0)")
        );
    }

    void expect_all_gone() {
        crowd_.reset();
        EXPECT_EQ(gauges_above_zero(gateway_.admin_port()), "");
        gateway_.expect_clean_end();
    }

    const std::string big_ = "\"" + std::string(7 << 20, 'x') + "\"";
    ScriptedService things_{[this](const Message& request, Connection& connection) {
        connection.send(json_answer(request.target() == "/big" ? big_ : "1"));
    }};
    // Each call that is given up costs it a thread; the good client's service has none to spare.
    ScriptedService flooded_{[](const Message&, Connection& connection) {
        give_way();
        connection.send(json_answer("1"));
    }};
    Gateway gateway_{GatewayText{
        .upstreams = {{"things", things_.port(), "60s"}, {"flooded", flooded_.port(), "60s"}},
        .routes = thing_route + order_route_with_body,
        .workers = in_full() ? 1 : 2,
        .more = times}};
    std::size_t asked_before_ = 0;  // of the service, when the crowd came
    std::optional<HostileCrowd> crowd_;
};

TEST_F(ClientsChaos, SilentOnesAreClosedWithoutAWord) {
    expect_probe_unmoved({.what = "silent"});
    EXPECT_TRUE(crowd_->wait_for_ended(crowd));
    EXPECT_EQ(crowd_->answers(408), 0U);
    expect_all_gone();
}

TEST_F(ClientsChaos, HeadsThatDripAreAnswered408) {
    expect_probe_unmoved(
        {.what = "slow heads",
         .habit =
             {.first = "GET /thing/1 HTTP/1.1\r\nHost: a\r\n",
              .drip = "X-A: b\r\n",
              .every = milliseconds{100}}}
    );
    EXPECT_TRUE(crowd_->wait_for_ended(crowd));
    EXPECT_EQ(crowd_->answers(408), crowd);
    expect_all_gone();
}

// 920 bytes a second, or half of that in the short form; the lowest rate is 1,024.
TEST_F(ClientsChaos, BodiesBelowTheLowestRateAreAnswered408) {
    expect_probe_unmoved(
        {.what = "slow bodies",
         .habit =
             {.first = "POST /order HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n\"",
              .drip = std::string(scaled<std::size_t>(230, 115), 'x'),
              .every = milliseconds{250}}}
    );
    EXPECT_TRUE(crowd_->wait_for_ended(crowd));
    EXPECT_EQ(crowd_->answers(408), crowd);
    EXPECT_EQ(things_.requests().back().target(), "/things/1") << "no body was whole";
    expect_all_gone();
}

// 1,130 bytes a second, for so long that no body lives on what it is given at first.
TEST_F(ClientsChaos, BodiesAtTheLowestRateAreServed) {
    const std::size_t drips = scaled<std::size_t>(300, 24);
    const std::size_t members = crowd / 4;
    const std::string piece(113, 'x');
    const auto length = std::to_string(drips * piece.size() + 2);
    crowd_.emplace(
        gateway_.port(),
        members,
        Habit{
            .first = "POST /order HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n\"",
            .drip = piece,
            .every = milliseconds{100},
            .drips = drips,
            .last = "\""}
    );
    EXPECT_TRUE(crowd_->wait_for_answers(200, members));
    EXPECT_EQ(crowd_->ended(), 0U) << "a connection ends with what is refused";
    expect_all_gone();
}

TEST_F(ClientsChaos, ReadersThatTakeNothingAreDropped) {
    const std::size_t members = scaled<std::size_t>(50, 4);
    expect_probe_unmoved(
        {.what = "readers that take nothing",
         .members = members,
         .habit = {.first = "GET /big HTTP/1.1\r\nHost: a\r\n\r\n", .reads = false},
         .memory = 2 * big_.size() / 1024}
    );
    EXPECT_TRUE(wait_for_metric(
        gateway_.admin_port(),
        "weft_requests_total{route=\"big\",status=\"4xx\"} " + std::to_string(members)
    ));
    expect_all_gone();
}

TEST_F(ClientsChaos, AChunkExtensionWithoutAnEndIsRefused) {
    expect_probe_unmoved(
        {.what = "endless chunk extensions",
         .members = crowd / 10,
         .habit =
             {.first = "POST /order HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a",
              .drip = std::string(1024, 'a'),
              .comes_back = true},
         .sent = hostile_bytes}
    );
    EXPECT_GT(crowd_->answers(400), crowd / 10);
    expect_all_gone();
}

// Each packet ends one byte into the next line of the head, which a reader that begins each line
// anew would pay for.
TEST_F(ClientsChaos, HeadsThatEndOneByteIntoTheNextLineCostWhatTheyWeigh) {
    const std::string line = ": " + std::string(300, 'b') + "\r\nX";
    expect_probe_unmoved(
        {.what = "one byte into the next line",
         .members = 8,
         .habit =
             {.first = "GET /thing/1 HTTP/1.1\r\nHost: a\r\nX", .drip = line, .comes_back = true},
         .sent = hostile_bytes}
    );
    EXPECT_GT(crowd_->answers(431), 0U);
    expect_all_gone();
}

// As fast as they are answered, which is as fast as the gateway can.
TEST_F(ClientsChaos, ThoseThatPipelineWithoutEndAreServedBesideTheOthers) {
    std::string requests;
    for (int i = 0; i < 1000; ++i) requests += "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n";
    crowd_.emplace(gateway_.port(), std::size_t{2}, Habit{.drip = requests});
    const Probed among = Probe{gateway_.port(), "/thing/1", machine()}.stop_after(probes);
    std::cout << "pipelined: " << (crowd_->sent() >> 20) << " MiB sent; probe " << among.text()
              << '\n';
    EXPECT_EQ(among.failed, 0U);
    EXPECT_GT(crowd_->answers(404), 0U);
    // Clients and workers share the cores; whoever has to wait for the others' buffers waits
    // longer.
    const milliseconds most{built_for_speed ? 50 : 2000};
    EXPECT_LE(among.p99, most);
    expect_all_gone();
}

TEST_F(ClientsChaos, FloodsOfResetsLeaveNothingBehind) {
    for (const std::string first :
         {"", "GET /flooded HTT", "GET /flooded HTTP/1.1\r\nHost: a\r\n\r\n"}) {
        expect_probe_unmoved(
            {.what = "resets behind " + std::to_string(first.size()) + " bytes",
             .members = 50,
             .habit = {.first = first, .resets = true, .comes_back = true},
             .ended = scaled<std::size_t>(50'000, 500)}
        );
        crowd_.reset();
    }
    expect_all_gone();
}

}  // namespace
}  // namespace weft
