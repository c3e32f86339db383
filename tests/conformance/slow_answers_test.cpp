// Answers that come drop by drop, within their time and beyond it, and answers that have no end:
// what is too much is refused when it is too much, not at the end.
#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>
#include <string_view>

#include "integration/harness/ask.hpp"
#include "integration/harness/gateway.hpp"
#include "integration/harness/scripted_service.hpp"

namespace weft::conformance {
namespace {

using std::chrono::milliseconds;

const std::string kib = "\"" + std::string(1022, 'a') + "\"";
const std::string one_kib_chunk = "400\r\n" + std::string(1024, ' ') + "\r\n";

// A route of each kind over one upstream, which has its name.
std::string routes_over(const std::string& upstream) {
    return upstream + "-composed: { path: /" + upstream +
           "/composed, timeout: 60s, steps: { thing: { upstream: " + upstream +
           ", path: /thing } }, response: { body: { thing: \"${thing}\" } } }\n" + upstream +
           "-proxied: { path: /" + upstream +
           "/proxied, timeout: 60s, proxy: { upstream: " + upstream + ", path: /thing } }\n";
}

class SlowAnswers : public testing::Test {
  protected:
    // Until all is said, or the gateway has heard enough.
    static void say(Connection& connection, std::string_view bytes, milliseconds gap) {
        for (const char& byte : bytes) {
            if (connection.closes_within(gap) || !connection.send({&byte, 1})) return;
        }
    }
    void expect_timeout(const std::string& target) {
        const auto answer = get(gateway_.port(), target);
        EXPECT_EQ(answer.status(), 504);
        EXPECT_EQ(answer.field("proxy-status"), "weft; error=connection_read_timeout");
        EXPECT_TRUE(service_.wait_for_open_connections(0));
    }

    std::string at_once_;   // of the answer
    std::string in_drops_;  // the rest of it
    milliseconds gap_{0};   // between two of them
    ScriptedService service_{[this](const Message&, Connection& connection) {
        connection.send(at_once_);
        say(connection, in_drops_, gap_);
    }};
    Gateway gateway_{GatewayText{
        .upstreams =
            {{"patient", service_.port(), "60s"},
             {"steady", service_.port(), "2s"},
             {"hasty", service_.port(), "300ms"}},
        .routes = routes_over("patient") + routes_over("steady") + routes_over("hasty"),
        .more = "timeouts: { body: 2s }\n"}};
};

TEST_F(SlowAnswers, ThatComeByteByByteInTimeAreWhole) {
    in_drops_ = json_answer(kib);
    EXPECT_EQ(get(gateway_.port(), "/patient/composed").body, "{\"thing\":" + kib + "}");
    EXPECT_EQ(get(gateway_.port(), "/patient/proxied").body, kib);
    EXPECT_EQ(service_.connections(), 1U);
}

TEST_F(SlowAnswers, WhoseHeadDripsAreGivenUpInTheirTime) {
    in_drops_ = "HTTP/1.1 200 OK\r\nX-Slow: " + std::string(3000, 'a');
    gap_ = milliseconds{20};
    expect_timeout("/hasty/composed");
    expect_timeout("/hasty/proxied");
}

TEST_F(SlowAnswers, WhoseInterimAnswersDripAreGivenUpInTheirTime) {
    const std::string interim =
        "HTTP/1.1 102 Processing\r\nX-A: " + std::string(400, 'a') + "\r\n\r\n";
    for (int i = 0; i < 8; ++i) in_drops_ += interim;
    gap_ = milliseconds{20};
    expect_timeout("/hasty/composed");
    expect_timeout("/hasty/proxied");
}

TEST_F(SlowAnswers, WhoseBodyDripsIntoACompositionAreGivenUpInTheirTime) {
    at_once_ = "HTTP/1.1 200 OK\r\nContent-Length: 1024\r\n\r\n";
    in_drops_ = kib;
    gap_ = milliseconds{20};
    expect_timeout("/hasty/composed");
}

// Three seconds in all, where the upstream's timeout and `timeouts.body` are two.
TEST_F(SlowAnswers, WhoseBodyPassesThroughMayTakeAsLongAsTheyLikeWhileSomethingComes) {
    at_once_ = "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n";
    in_drops_ = kib.substr(0, 60);
    gap_ = milliseconds{50};
    EXPECT_EQ(get(gateway_.port(), "/steady/proxied").body, in_drops_);
}

// What the answer is made of, and the rest, of which there is no end in sight.
struct Endless {
    std::string name;
    std::string head;
    std::string piece;
};

void PrintTo(const Endless& endless, std::ostream* out) { *out << endless.name; }

class EndlessAnswers : public testing::TestWithParam<Endless> {};

// The service says a little more than the limit and then waits, so that only who refuses it there
// and then has an answer before the test gives up.
void expect_refused(
    const Endless& endless, int said, const std::string& max_body, const std::string& max_answer
) {
    ScriptedService service{[&](const Message&, Connection& connection) {
        connection.send(endless.head);
        for (int kibs = 0; kibs < said; ++kibs) connection.send(endless.piece);
        connection.closes_within();
    }};
    Gateway gateway{GatewayText{
        .upstreams = {{"endless", service.port(), "120s", "max_body: " + max_body}},
        .routes = routes_over("endless"),
        .more = "limits: { max_answer: " + max_answer + " }\n"}};
    const auto answer = get(gateway.port(), "/endless/composed");
    EXPECT_EQ(answer.status(), 502);
    EXPECT_EQ(answer.field("proxy-status"), "weft; error=http_response_body_size");
    EXPECT_TRUE(service.wait_for_open_connections(0));
}

TEST_P(EndlessAnswers, AreRefusedWhereTheyCrossTheLimitOfABody) {
    expect_refused(GetParam(), 34, "32KiB", "8MiB");
}

TEST_P(EndlessAnswers, AreRefusedWhereTheyCrossTheLimitOfARun) {
    expect_refused(GetParam(), 66, "8MiB", "64KiB");
}

INSTANTIATE_TEST_SUITE_P(
    All,
    EndlessAnswers,
    testing::Values(
        Endless{"InChunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", one_kib_chunk},
        Endless{"UntilClose", "HTTP/1.1 200 OK\r\n\r\n", std::string(1024, ' ')},
        Endless{
            "OfAKnownLength",
            "HTTP/1.1 200 OK\r\nContent-Length: 67584\r\n\r\n",
            std::string(1024, ' ')}
    ),
    [](const auto& each) { return each.param.name; }
);

}  // namespace
}  // namespace weft::conformance
