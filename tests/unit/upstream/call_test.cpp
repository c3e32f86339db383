#include <gtest/gtest.h>

#include "http/message_writer.hpp"
#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

using CallTest = UpstreamFixture;

TEST_F(CallTest, SendsTheRequestInItsOwnFraming) {
    always_answer(answer("{}"));
    CallRequest asked = request();
    asked.field_lines = "Accept: application/json\r\nX-Request-Id: r-1\r\n";
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

struct Said {
    const char* name;
    Method method;
    std::string bytes;
    std::uint16_t status;
    const char* body;
};

class CallAnswered : public UpstreamFixture, public testing::WithParamInterface<Said> {
  protected:
    void expect_answer(Outcome outcome) {
        ASSERT_EQ(outcome.failure(), std::nullopt);
        EXPECT_EQ((*outcome.answer)->status, GetParam().status);
        EXPECT_EQ(outcome.body(), GetParam().body);
        EXPECT_EQ(outcome.record.status, GetParam().status);
        EXPECT_EQ(outcome.record.bytes_received, std::string{GetParam().body}.size());
        EXPECT_EQ(
            outcome.record.end, GetParam().status < 300 ? CallEnd::succeeded : CallEnd::refused
        );
        EXPECT_EQ(outcome.record.upstream, "orders");
        EXPECT_EQ(upstream_->idle_connections(), 1U);
    }
};

TEST_P(CallAnswered, AtOnce) {
    always_answer(GetParam().bytes);
    expect_answer(call(request(GetParam().method)));
}

TEST_P(CallAnswered, ByteByByte) {
    const auto outcome = start(request(GetParam().method));
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    for (const char byte : GetParam().bytes) {
        EXPECT_FALSE(outcome->ended());
        service_.peers[0]->send(std::string(1, byte));
        context_.restart();
        context_.poll();
    }
    expect_answer(end_of(outcome));
}

INSTANTIATE_TEST_SUITE_P(
    Of,
    CallAnswered,
    testing::Values(
        Said{"length", Method::get, answer("{\"id\":1}"), 200, "{\"id\":1}"},
        Said{"empty", Method::get, answer(""), 200, ""},
        Said{
            "chunked",
            Method::get,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n5;x=y\r\n\":12}\r\n"
            "0\r\nTrailer: t\r\n\r\n",
            200,
            "{\"a\":12}"},
        Said{"no_content", Method::del, "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
        Said{
            "not_modified",
            Method::get,
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
            304,
            ""},
        Said{"head", Method::head, "HTTP/1.1 200 OK\r\nContent-Length: 77\r\n\r\n", 200, ""},
        Said{
            "after_interim_answers",
            Method::get,
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" +
                answer("{}"),
            200,
            "{}"},
        Said{
            "not_found",
            Method::get,
            "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
            404,
            "{}"},
        Said{"no_reason", Method::get, "HTTP/1.1 503\r\nContent-Length: 0\r\n\r\n", 503, ""}
    ),
    [](const auto& row) { return std::string{row.param.name}; }
);

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

struct Broken {
    const char* name;
    std::string bytes;
    FailureKind failure;
};

class CallBroken : public UpstreamFixture, public testing::WithParamInterface<Broken> {};

TEST_P(CallBroken, FailsAndDropsTheConnection) {
    make_upstream([](UpstreamSettings& settings) { settings.max_body = 1000; });
    always_answer(GetParam().bytes);
    const Outcome outcome = call();
    EXPECT_EQ(outcome.failure(), GetParam().failure);
    ASSERT_TRUE(outcome.failure());
    EXPECT_EQ(outcome.answer->error().upstream(), "orders");
    EXPECT_EQ(outcome.record.failure, GetParam().failure);
    EXPECT_EQ(upstream_->open_connections(), 0U);
    EXPECT_TRUE(run_until([&] { return service_.peers[0]->ended; }));
}

INSTANTIATE_TEST_SUITE_P(
    By,
    CallBroken,
    testing::Values(
        Broken{"garbage", "\x16\x03\x01\x02 this is not HTTP\r\n\r\n", FailureKind::protocol},
        Broken{
            "two_lengths",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12",
            FailureKind::protocol},
        Broken{
            "length_and_coding",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            FailureKind::protocol},
        Broken{
            "unknown_coding",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            FailureKind::transfer_coding},
        Broken{
            "coded_body",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n1",
            FailureKind::content_coding},
        Broken{
            "switching_protocols",
            "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            FailureKind::protocol},
        Broken{"line_feeds_only", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", FailureKind::protocol},
        Broken{
            "announced_body_over_the_limit",
            "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n",
            FailureKind::response_body_too_large},
        Broken{
            "chunked_body_over_the_limit",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n" + std::string(500, 'a') +
                "\r\n1f5\r\n",
            FailureKind::response_body_too_large},
        Broken{
            "endless_body_over_the_limit",
            "HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'a'),
            FailureKind::response_body_too_large},
        Broken{
            "head_over_the_limit",
            "HTTP/1.1 200 OK\r\nA: " + std::string(33'000, 'a'),
            FailureKind::response_head_too_large},
        Broken{
            "bad_chunk",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            FailureKind::protocol}
    ),
    [](const auto& row) { return std::string{row.param.name}; }
);

TEST_F(CallTest, ABodyOfExactlyTheLimitIsTaken) {
    make_upstream([](UpstreamSettings& settings) { settings.max_body = 1000; });
    always_answer(answer(std::string(1000, 'a')));
    EXPECT_EQ(call().body().size(), 1000U);
}

struct Cut {
    const char* name;
    std::string bytes;
};

class CallCut : public UpstreamFixture, public testing::WithParamInterface<Cut> {};

// The service closes after each number of bytes in turn: no success but with the last one.
TEST_P(CallCut, IsNeverASuccessUnlessWhole) {
    const std::string& whole = GetParam().bytes;
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        service_.on_request = [&](Peer& peer) {
            peer.send(whole.substr(0, size));
            peer.close();
        };
        const Outcome outcome = call();
        ASSERT_EQ(outcome.failure() == std::nullopt, size == whole.size()) << size;
        if (size == whole.size()) break;
        ASSERT_EQ(
            outcome.failure(),
            size == 0 ? FailureKind::connection_closed : FailureKind::response_incomplete
        ) << size;
        ASSERT_EQ(outcome.record.end, CallEnd::unknown);
        ASSERT_EQ(upstream_->open_connections(), 0U);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Short,
    CallCut,
    testing::Values(
        Cut{"length", answer("{\"id\":1}")},
        Cut{"interim", "HTTP/1.1 100 Continue\r\n\r\n" + answer("{}")},
        Cut{"chunked",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\n{\"a\r\n3\r\n\":1\r\n1\r\n}\r\n"
            "0\r\nT: x\r\n\r\n"}
    ),
    [](const auto& row) { return std::string{row.param.name}; }
);

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

// A service whose queue of connections is full, so that no further one is answered.
class CallToFullService : public UpstreamFixture {
  protected:
    CallToFullService() {
        full_.open(Tcp::v4());
        full_.bind({asio::ip::address_v4::loopback(), 0});
        full_.listen(0);
        for (int i = 0; i < 8; ++i) {
            fill_.emplace_back(context_);
            fill_.back().async_connect(full_.local_endpoint(), [](error_code) {});
        }
        settle();
        make_upstream([this](UpstreamSettings& settings) {
            settings.endpoints = {{full_.local_endpoint(), "full.test"}};
        });
    }

    Acceptor full_{context_};
    std::vector<Socket> fill_;
};

TEST_F(CallToFullService, EndsByTheConnectTimeout) {
    const auto outcome = start();
    settle();
    pass(milliseconds{249});
    settle();
    EXPECT_FALSE(outcome->ended());
    pass(milliseconds{8});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::connect_timeout);
    EXPECT_EQ(outcome->record.end, CallEnd::refused);
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(CallToFullService, EndsByTheDeadlineIfThatIsEarlier) {
    CallRequest asked = request();
    asked.deadline = clock_.now() + milliseconds{100};
    const auto outcome = start(std::move(asked));
    settle();
    pass(milliseconds{108});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::connect_timeout);
}

TEST_F(CallToFullService, TriesTheNextAddressAfterTheConnectTimeout) {
    make_upstream([this](UpstreamSettings& settings) {
        settings.endpoints.insert(
            settings.endpoints.begin(), {full_.local_endpoint(), "full.test"}
        );
    });
    always_answer(answer("2"));
    const auto outcome = start();
    settle();
    pass(milliseconds{258});
    EXPECT_EQ(end_of(outcome).body(), "2");
}

TEST_F(CallToFullService, CancelledWhileConnectingGivesItsPlaceBack) {
    const auto outcome = start();
    settle();
    ASSERT_EQ(upstream_->open_connections(), 1U);
    const auto record = outcome->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->end, CallEnd::cancelled);
    EXPECT_EQ(upstream_->open_connections(), 0U);
    settle();
    EXPECT_FALSE(outcome->ended());
}

class CallDeadline : public UpstreamFixture {
  protected:
    std::shared_ptr<Outcome> asked(CallRequest with) {
        auto outcome = start(std::move(with));
        EXPECT_TRUE(run_until([&] { return service_.requests() == 1; }));
        return outcome;
    }
};

TEST_F(CallDeadline, WithoutAnAnswerIsAReadTimeout) {
    const auto outcome = asked(request());
    pass(milliseconds{999});
    settle();
    EXPECT_FALSE(outcome->ended());
    pass(milliseconds{8});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::read_timeout);
    EXPECT_EQ(outcome->record.end, CallEnd::unknown);
    EXPECT_GE(outcome->record.duration, seconds{1});
    EXPECT_EQ(upstream_->open_connections(), 0U);
    EXPECT_TRUE(run_until([&] { return service_.peers[0]->ended; }));
}

TEST_F(CallDeadline, WithinABodyIsAReadTimeoutHoweverMuchComes) {
    const auto outcome = asked(request());
    service_.peers[0]->send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
    for (int i = 0; i < 5; ++i) {
        service_.peers[0]->send("x");
        settle();
        EXPECT_FALSE(outcome->ended());
        pass(milliseconds{202});
    }
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::read_timeout);
    EXPECT_EQ(outcome->record.status, 200);
}

TEST_F(CallDeadline, OfTheRouteIsItsOwnKind) {
    CallRequest with = request();
    with.ends_by_route = true;
    const auto outcome = asked(std::move(with));
    pass(milliseconds{1008});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::deadline);
    EXPECT_EQ(outcome->record.failure, FailureKind::deadline);
    EXPECT_EQ(outcome->answer->error().upstream(), "orders");
    EXPECT_EQ(outcome->record.end, CallEnd::unknown);
}

TEST_F(CallDeadline, ThatHasPassedStartsNothing) {
    CallRequest with = request();
    with.deadline = clock_.now();
    EXPECT_EQ(call(with).failure(), FailureKind::connect_timeout);
    with.ends_by_route = true;
    const Outcome outcome = call(with);
    EXPECT_EQ(outcome.failure(), FailureKind::deadline);
    EXPECT_EQ(outcome.record.end, CallEnd::refused);
    settle();
    EXPECT_TRUE(service_.peers.empty());
}

TEST_F(CallDeadline, WithARequestThatIsNotTakenIsAWriteTimeout) {
    Acceptor silent{context_, Endpoint{asio::ip::address_v4::loopback(), 0}};
    make_upstream([&](UpstreamSettings& settings) {
        settings.endpoints = {{silent.local_endpoint(), "silent.test"}};
    });
    const auto outcome = start(request(Method::put, std::string(32 * 1024 * 1024, 'x')));
    settle();
    pass(milliseconds{1008});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::write_timeout);
    EXPECT_EQ(outcome->record.end, CallEnd::unknown);
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
