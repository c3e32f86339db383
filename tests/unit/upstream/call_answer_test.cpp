#include <gtest/gtest.h>

#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

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

class CallFields : public UpstreamFixture {
  protected:
    std::optional<std::size_t> fields_of(std::string bytes) {
        always_answer(std::move(bytes));
        CallRequest without = request();
        without.fields_used = false;
        const Outcome outcome = call(std::move(without));
        if (outcome.failure()) return std::nullopt;
        return (*outcome.answer)->fields.size();
    }
};

TEST_F(CallFields, OfASuccessWithABodyAreLeftOutIfNobodyReadsThem) {
    EXPECT_EQ(fields_of(answer("{}")), 0U);
}

// Whether an empty body is one of JSON or none at all is said by its Content-Type only.
TEST_F(CallFields, OfASuccessWithAnEmptyBodyAreKept) {
    const auto fields = fields_of(answer(""));
    ASSERT_TRUE(fields);
    EXPECT_GT(*fields, 0U);
}

}  // namespace
}  // namespace weft
