#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include "unit/upstream/upstream_fixture.hpp"
#include "upstream/awaited_exchange.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

class ExchangeTest : public UpstreamFixture {
  protected:
    // Runs one step of an exchange to its end.
    template <class T>
    T await(Awaitable<T> step) {
        std::optional<T> result;
        asio::co_spawn(context_, std::move(step), [&](const std::exception_ptr& error, T value) {
            EXPECT_FALSE(error);
            result.emplace(std::move(value));
        });
        EXPECT_TRUE(run_until([&] { return result.has_value(); }));
        return std::move(*result);
    }

    // Starts one step and leaves it waiting.
    template <class T>
    std::shared_ptr<std::optional<T>> begin(Awaitable<T> step) {
        auto result = std::make_shared<std::optional<T>>();
        asio::co_spawn(context_, std::move(step), [result](const std::exception_ptr&, T value) {
            result->emplace(std::move(value));
        });
        settle();
        return result;
    }

    template <class T>
    T end(const std::shared_ptr<std::optional<T>>& begun) {
        EXPECT_TRUE(run_until([&] { return begun->has_value(); }));
        return std::move(**begun);
    }

    static ExchangeRequest upload(std::optional<std::uint64_t> length) {
        ExchangeRequest asked{Method::post, "/upload"};
        asked.body_kind = BodyTransfer::streamed;
        asked.streamed_length = length;
        return asked;
    }

    std::string read_body(AwaitedExchange& exchange) {
        std::string body;
        for (;;) {
            const auto piece = await(exchange.body().next());
            EXPECT_TRUE(piece.has_value());
            if (piece.has_error() || piece->empty()) return body;
            body += *piece;
        }
    }
};

TEST_F(ExchangeTest, StreamsABodyOfKnownLength) {
    always_answer(answer("ok"));
    auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(8))));
    ASSERT_TRUE(await(exchange->write("{\"a\"")));
    ASSERT_TRUE(await(exchange->write(":12}")));
    ASSERT_TRUE(await(exchange->finish()));
    const auto head = await(exchange->read_head());
    ASSERT_TRUE(head);
    EXPECT_EQ((*head)->status, 200);
    EXPECT_EQ(read_body(*exchange), "ok");
    const std::string& sent = service_.peers[0]->requests[0];
    EXPECT_NE(sent.find("\r\nContent-Length: 8\r\n"), std::string::npos);
    EXPECT_TRUE(sent.ends_with("\r\n\r\n{\"a\":12}"));
    EXPECT_EQ(upstream_->idle_connections(), 0U);
    exchange.reset();
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

TEST_F(ExchangeTest, StreamsABodyOfUnknownLengthInChunks) {
    always_answer(answer("ok"));
    const auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(std::nullopt))));
    ASSERT_TRUE(await(exchange->write("0123456789")));
    ASSERT_TRUE(await(exchange->write("")));
    ASSERT_TRUE(await(exchange->write("abcdef")));
    ASSERT_TRUE(await(exchange->finish()));
    ASSERT_TRUE(await(exchange->read_head()));
    const std::string& sent = service_.peers[0]->requests[0];
    EXPECT_NE(sent.find("\r\nTransfer-Encoding: chunked\r\n"), std::string::npos);
    std::string lower = sent.substr(sent.find("\r\n\r\n") + 4);
    for (char& byte : lower) byte = static_cast<char>(std::tolower(byte));
    EXPECT_EQ(lower, "a\r\n0123456789\r\n6\r\nabcdef\r\n0\r\n\r\n");
}

TEST_F(ExchangeTest, StreamsFiveMebibytesBothWays) {
    std::string whole;
    for (int i = 0; i < 5 * 1024; ++i) whole += std::string(1024, static_cast<char>('a' + i % 26));
    service_.on_request = [](Peer& peer) {
        const std::string& sent = peer.requests.back();
        peer.send(answer(sent.substr(sent.find("\r\n\r\n") + 4)));
    };
    const auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(whole.size()))));
    for (std::size_t at = 0; at < whole.size(); at += 64 * 1024) {
        ASSERT_TRUE(await(exchange->write(std::string_view{whole}.substr(at, 64 * 1024))));
    }
    ASSERT_TRUE(await(exchange->finish()));
    ASSERT_TRUE(await(exchange->read_head()));
    EXPECT_TRUE(read_body(*exchange) == whole);
}

TEST_F(ExchangeTest, RequestAndAnswerOverlap) {
    const auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(std::nullopt))));
    const auto head = begin(exchange->read_head());
    ASSERT_TRUE(await(exchange->write("question")));
    ASSERT_TRUE(run_until([&] {
        return service_.peers[0]->received.find("question") != std::string::npos;
    }));
    service_.peers[0]->send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nan\r\n");
    ASSERT_TRUE(end(head));
    ASSERT_EQ(await(exchange->body().next()).value(), "an");
    ASSERT_TRUE(await(exchange->write("more")));
    service_.peers[0]->send("4\r\nswer\r\n");
    ASSERT_EQ(await(exchange->body().next()).value(), "swer");
    ASSERT_TRUE(await(exchange->finish()));
    service_.peers[0]->send("0\r\n\r\n");
    ASSERT_EQ(await(exchange->body().next()).value(), "");
}

TEST_F(ExchangeTest, ARefusalEndsAWriteThatWouldWaitForEver) {
    service_.on_accept = [](Peer& peer) { peer.hold_after(10); };
    auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(std::uint64_t{1} << 40))));
    const std::string piece(1024 * 1024, 'x');
    const auto fill = [](AwaitedExchange& to, std::string_view bytes) -> Awaitable<Result<void>> {
        for (;;) {
            const auto written = co_await to.write(bytes);
            if (written.has_error()) co_return written;
        }
    };
    const auto filling = begin(fill(*exchange, piece));
    ASSERT_FALSE(filling->has_value());
    service_.peers[0]->send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(end(filling).error().kind(), FailureKind::connection_closed);
    const auto head = await(exchange->read_head());
    ASSERT_TRUE(head);
    EXPECT_EQ((*head)->status, 413);
    EXPECT_EQ(read_body(*exchange), "{}");
    exchange.reset();
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(ExchangeTest, AnAnswerBeforeACloseIsReadThoughWritingFails) {
    service_.on_bytes = [](Peer& peer) {
        peer.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 1\r\n\r\n1");
        peer.close();
    };
    const auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(std::nullopt))));
    Result<void> written;
    while (written.has_value()) written = await(exchange->write("more"));
    EXPECT_EQ(written.error().kind(), FailureKind::connection_closed);
    const auto head = await(exchange->read_head());
    ASSERT_TRUE(head);
    EXPECT_EQ((*head)->status, 401);
    EXPECT_EQ(read_body(*exchange), "1");
}

TEST_F(ExchangeTest, AStreamedRequestIsNotReplayed) {
    always_answer(answer("first"));
    call();
    service_.on_bytes = [](Peer& peer) { peer.close(); };
    const auto exchange = upstream_->awaited_exchange();
    ExchangeRequest asked = upload(std::nullopt);
    asked.method = Method::put;
    ASSERT_TRUE(await(exchange->send(std::move(asked))));
    EXPECT_EQ(await(exchange->read_head()).error().kind(), FailureKind::connection_closed);
    EXPECT_EQ(service_.peers.size(), 1U);
    EXPECT_TRUE(exchange->facts().reused_connection);
    EXPECT_EQ(exchange->facts().attempts, 1);
}

TEST_F(ExchangeTest, ABodyThatIsNotAsLongAsAnnouncedNeverLooksWhole) {
    auto exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(4))));
    EXPECT_EQ(await(exchange->write("12345")).error().kind(), FailureKind::internal);
    exchange = upstream_->awaited_exchange();
    ASSERT_TRUE(await(exchange->send(upload(4))));
    ASSERT_TRUE(await(exchange->write("123")));
    EXPECT_EQ(await(exchange->finish()).error().kind(), FailureKind::internal);
    exchange.reset();
    EXPECT_EQ(upstream_->open_connections(), 0U);
    settle();
    EXPECT_EQ(service_.requests(), 0U);
}

TEST_F(ExchangeTest, ACodedBodyPassesWhereCodingsAreAllowed) {
    always_answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b");
    const auto exchange = upstream_->awaited_exchange();
    ExchangeRequest asked{Method::get, "/"};
    ASSERT_TRUE(await(exchange->send(std::move(asked))));
    ASSERT_TRUE(await(exchange->read_head()));
    EXPECT_EQ(read_body(*exchange), "\x1f\x8b");
}

TEST_F(ExchangeTest, TheDeadlineMayBePutOffPieceByPiece) {
    const auto exchange = upstream_->awaited_exchange();
    exchange->expires_at(clock_.now() + milliseconds{100});
    ExchangeRequest asked{Method::get, "/"};
    ASSERT_TRUE(await(exchange->send(std::move(asked))));
    ASSERT_TRUE(run_until([&] { return service_.requests() == 1; }));
    service_.peers[0]->send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
    ASSERT_TRUE(await(exchange->read_head()));
    for (int i = 0; i < 3; ++i) {
        exchange->expires_at(clock_.now() + milliseconds{100});
        const auto piece = begin(exchange->body().next());
        pass(milliseconds{90});
        service_.peers[0]->send("x");
        ASSERT_TRUE(end(piece));
    }
    const auto stalled = begin(exchange->body().next());
    pass(milliseconds{20});
    EXPECT_EQ(end(stalled).error().kind(), FailureKind::read_timeout);
    EXPECT_EQ(await(exchange->body().next()).error().kind(), FailureKind::read_timeout);
}

TEST_F(ExchangeTest, WithoutADeadlineNothingEndsIt) {
    auto exchange = upstream_->awaited_exchange();
    exchange->expires_at(clock_.now() + milliseconds{100});
    exchange->never_expires();
    ExchangeRequest asked{Method::get, "/"};
    ASSERT_TRUE(await(exchange->send(std::move(asked))));
    const auto head = begin(exchange->read_head());
    pass(std::chrono::hours{1});
    settle();
    EXPECT_FALSE(head->has_value());
    exchange->cancel(FailureKind::client_gone);
    EXPECT_EQ(end(head).error().kind(), FailureKind::client_gone);
    EXPECT_EQ(await(exchange->read_head()).error().kind(), FailureKind::client_gone);
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(ExchangeTest, ADeadlineWhileWritingIsAWriteTimeout) {
    service_.on_accept = [](Peer& peer) { peer.hold_after(10); };
    const auto exchange = upstream_->awaited_exchange();
    exchange->expires_at(clock_.now() + milliseconds{100});
    ASSERT_TRUE(await(exchange->send(upload(std::nullopt))));
    const std::string large(32 * 1024 * 1024, 'x');
    const auto writing = begin(exchange->write(large));
    ASSERT_FALSE(writing->has_value());
    pass(milliseconds{108});
    EXPECT_EQ(end(writing).error().kind(), FailureKind::write_timeout);
}

TEST_F(ExchangeTest, LettingGoInTheMiddleOfAnAnswerClosesTheConnection) {
    always_answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n12");
    auto exchange = upstream_->awaited_exchange();
    ExchangeRequest asked{Method::get, "/"};
    ASSERT_TRUE(await(exchange->send(std::move(asked))));
    ASSERT_TRUE(await(exchange->read_head()));
    ASSERT_EQ(await(exchange->body().next()).value(), "12");
    exchange.reset();
    EXPECT_EQ(upstream_->open_connections(), 0U);
    EXPECT_TRUE(run_until([&] { return service_.peers[0]->ended; }));
}

TEST_F(ExchangeTest, UnusedItTakesNothing) {
    const auto exchange = upstream_->awaited_exchange();
    EXPECT_EQ(upstream_->open_connections(), 0U);
    EXPECT_EQ(exchange->facts().attempts, 0);
    EXPECT_FALSE(exchange->facts().request_written);
}

}  // namespace
}  // namespace weft
