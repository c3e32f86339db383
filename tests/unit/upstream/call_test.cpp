#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "http/message_writer.hpp"
#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

using CallTest = UpstreamFixture;

TEST_F(CallTest, SendsTheRequestInItsOwnFraming) {
    always_answer(answer("{}"));
    CallRequest asked = request();
    asked.field_lines = std::string{"Accept: application/json\r\nX-Request-Id: r-1\r\n"};
    call(std::move(asked));
    EXPECT_EQ(
        service_.peers[0]->requests[0],
        "GET /orders/o-1 HTTP/1.1\r\nHost: orders.test:9001\r\nAccept: application/json\r\n"
        "X-Request-Id: r-1\r\n\r\n"
    );
}

TEST_F(CallTest, SendsABodyWithItsLength) {
    always_answer(answer("{}"));
    call(request(Method::post, "{\"a\":1}"));
    const std::string& sent = service_.peers[0]->requests[0];
    EXPECT_NE(sent.find("\r\nContent-Length: 7\r\n"), std::string::npos);
    EXPECT_TRUE(sent.ends_with("\r\n\r\n{\"a\":1}"));
}

TEST_F(CallTest, APostWithoutABodySaysSo) {
    always_answer(answer("{}"));
    call(request(Method::post));
    EXPECT_NE(service_.peers[0]->requests[0].find("\r\nContent-Length: 0\r\n"), std::string::npos);
}

TEST_F(CallTest, SendsABodyThatDoesNotFitTheSocketAtOnce) {
    std::string body(12 * 1024 * 1024, 'b');
    body.back() = 'e';
    always_answer(answer("{}"));
    EXPECT_EQ(call(request(Method::put, body)).body(), "{}");
    EXPECT_TRUE(service_.peers[0]->requests[0].ends_with("\r\n\r\n" + body));
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(CallTest, KeepsWhatTheSocketDoesNotTakeApartFromOtherCalls) {
    always_answer(answer("{}"));
    std::vector<std::shared_ptr<Outcome>> outcomes;
    for (const char filler : {'a', 'b'}) {
        CallRequest asked = request();
        asked.field_lines = "X-Filler: " + std::string(6 * 1024 * 1024, filler) + "\r\n";
        outcomes.push_back(start(std::move(asked)));
    }
    for (const auto& outcome : outcomes) EXPECT_EQ(end_of(outcome).body(), "{}");
    std::string fillers;
    for (const auto& peer : service_.peers) {
        const std::string& sent = peer->requests[0];
        const char filler = sent[sent.find("X-Filler: ") + 10];
        EXPECT_EQ(std::ranges::count(sent, filler), 6 * 1024 * 1024);
        fillers += filler;
    }
    EXPECT_TRUE(fillers == "ab" || fillers == "ba") << fillers;
}

TEST_F(CallTest, HandsTheFieldsOutInOrder) {
    always_answer("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nx-b: 2\r\nContent-Length: 0\r\n\r\n");
    const Outcome outcome = call();
    ASSERT_EQ((*outcome.answer)->fields.size(), 3U);
    EXPECT_EQ((*outcome.answer)->fields[0].name(), "ETag");
    EXPECT_EQ((*outcome.answer)->fields[0].value(), "\"1\"");
    EXPECT_EQ((*outcome.answer)->fields[1].name(), "x-b");
}

TEST_F(CallTest, DropsABodyThatIsNotUsed) {
    always_answer(answer("12345"));
    CallRequest asked = request();
    asked.body_used = false;
    const Outcome outcome = call(std::move(asked));
    EXPECT_EQ(outcome.body(), "");
    EXPECT_EQ(outcome.record.bytes_received, 5U);
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(CallTest, ReadsAChunkedBodyOfMebibytesInChunksOfEverySize) {
    std::string body;
    std::string bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t size = 1; body.size() < 3'000'000; size = size * 7 % 70'001) {
        const std::string chunk(size, static_cast<char>('a' + size % 26));
        append_chunk_start(bytes, size);
        bytes.append(chunk).append(chunk_end);
        body += chunk;
    }
    always_answer(bytes.append(last_chunk));
    EXPECT_TRUE(call().body() == body);
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(CallTest, ABodyOfExactlyTheLimitIsTaken) {
    make_upstream([](UpstreamSettings& settings) { settings.max_body = 1000; });
    always_answer(answer(std::string(1000, 'a')));
    EXPECT_EQ(call().body().size(), 1000U);
}

TEST_F(CallTest, AResetWithinABodyThatEndsWithTheConnectionIsNoEnd) {
    const auto outcome = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    service_.peers[0]->send("HTTP/1.1 200 OK\r\n\r\n{}");
    settle();
    service_.peers[0]->reset();
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::response_incomplete);
}

TEST_F(CallTest, ARefusedConnectionHasNoEffect) {
    service_.stop_listening();
    const Outcome outcome = call();
    EXPECT_EQ(outcome.failure(), FailureKind::connection_refused);
    EXPECT_EQ(outcome.record.end, CallEnd::refused);
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(CallTest, TriesTheNextAddressAfterARefusalAndRemembersIt) {
    ScriptedService other{context_};
    other.on_request = [](Peer& peer) {
        peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n2");
    };
    make_upstream([&](UpstreamSettings& settings) {
        settings.endpoints.push_back({other.endpoint(), "other.test"});
    });
    service_.stop_listening();
    EXPECT_EQ(call().body(), "2");
    EXPECT_EQ(call().body(), "2");
    EXPECT_NE(other.peers[1]->requests[0].find("Host: other.test\r\n"), std::string::npos);
}

TEST_F(CallTest, AnEarlyAnswerToAHalfWrittenRequestIsRead) {
    service_.on_bytes = [](Peer& peer) {
        if (peer.received.size() > 100 && peer.received.size() < 100'000) {
            peer.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\n{}");
        }
    };
    service_.on_accept = [](Peer& peer) { peer.hold_after(1000); };
    const Outcome outcome = call(request(Method::post, std::string(32 * 1024 * 1024, 'x')));
    EXPECT_EQ(outcome.failure(), std::nullopt);
    EXPECT_EQ(outcome.record.status, 413);
    EXPECT_EQ(outcome.record.end, CallEnd::refused);
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(CallTest, CancelClosesTheConnectionAndNeverCompletes) {
    const auto outcome = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    const auto record = outcome->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->end, CallEnd::cancelled);
    EXPECT_EQ(record->upstream, "orders");
    EXPECT_EQ(upstream_->open_connections(), 0U);
    EXPECT_TRUE(run_until([&] { return service_.peers[0]->ended; }));
    settle();
    EXPECT_FALSE(outcome->ended());
    EXPECT_FALSE(outcome->call.cancel());
}

TEST_F(CallTest, CancelAtOnceNeverCompletes) {
    always_answer(answer("{}"));
    call();
    const auto outcome = start();
    EXPECT_TRUE(outcome->call.cancel());
    settle();
    EXPECT_FALSE(outcome->ended());
}

TEST_F(CallTest, CancelWithTheAnswerAlreadyReceivedNeverCompletes) {
    const auto outcome = start();
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    service_.peers[0]->send(answer("{}"));
    outcome->call.cancel();
    settle();
    EXPECT_FALSE(outcome->ended());
}

TEST_F(CallTest, CancelAfterTheEndDoesNothing) {
    always_answer(answer("{}"));
    Call late;
    bool ended = false;
    late = start_call(*upstream_, request(), [&](auto, auto) {
        ended = true;
        EXPECT_FALSE(late.cancel());
    });
    ASSERT_TRUE(run_until([&] { return ended; }));
    EXPECT_FALSE(late.cancel());
    EXPECT_FALSE(Call{}.cancel());
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(CallTest, ACompletionMayCancelItsSiblings) {
    std::vector<std::shared_ptr<Outcome>> siblings;
    for (int i = 0; i < 3; ++i) siblings.push_back(start());
    ASSERT_TRUE(run_until([&] { return service_.requests() == 3; }));
    bool ended = false;
    start_call(*upstream_, request(), [&](auto, auto) {
        ended = true;
        for (const auto& sibling : siblings) EXPECT_TRUE(sibling->call.cancel());
    });
    ASSERT_TRUE(run_until([&] { return service_.requests() == 4; }));
    service_.peers[3]->send(answer("{}"));
    ASSERT_TRUE(run_until([&] { return ended; }));
    settle();
    for (const auto& sibling : siblings) EXPECT_FALSE(sibling->ended());
    EXPECT_EQ(upstream_->open_connections(), 1U);
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

}  // namespace
}  // namespace weft
