// A stub is an exchange like any other: each way one can end, and each bound it keeps.
#include "trial/stub_exchange.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <functional>

#include "upstream/awaited_exchange.hpp"

namespace weft {
namespace {

using namespace std::chrono_literals;

struct Ended {
    std::optional<FailureKind> failure;
    std::uint16_t status = 0;
    std::string body;
    Duration took{};
};

class StubExchangeTest : public ::testing::Test {
  protected:
    StubExchangeTest() {
        stub_.upstream = "orders";
        stub_.call = CallName::of(Method::get, "/o").value();
        settings_.name = "orders";
    }

    // A buffered call, over at 100 ms; `meanwhile` gets the exchange once it has begun.
    Ended call(const std::function<void(AwaitedExchange&)>& meanwhile = {}) {
        stubs_ = {stub_};
        services_.emplace(stubs_);
        const StubExchange::Parts parts{time_, *services_, settings_};
        AwaitedExchange exchange{std::make_shared<StubExchange>(parts), time_.executor()};
        exchange.expires_at(time_.now() + 100ms);
        Ended ended;
        bool over = false;
        const TimePoint start = time_.now();
        const auto note = [&](const std::exception_ptr&) { over = true; };
        asio::co_spawn(time_.executor(), run(exchange, ended), note);
        time_.settle();
        if (meanwhile) meanwhile(exchange);
        EXPECT_TRUE(time_.run_until([&] { return over; }));
        ended.took = time_.now() - start;
        written_ = exchange.facts().request_written;
        return ended;
    }

    Awaitable<void> run(AwaitedExchange& exchange, Ended& ended) {
        ExchangeRequest asked{method_, target_};
        asked.max_body = 8;
        asked.codings = ContentCodings::identity;
        const auto sent = co_await exchange.send(std::move(asked));
        if (sent.has_error()) ended.failure = sent.error().kind();
        if (ended.failure) co_return;
        const auto head = co_await exchange.read_head();
        if (head.has_error()) ended.failure = head.error().kind();
        if (ended.failure) co_return;
        ended.status = (*head)->status;
        for (;;) {
            const auto piece = co_await exchange.body().next();
            if (piece.has_error()) ended.failure = piece.error().kind();
            if (ended.failure || piece->empty()) co_return;
            ended.body += *piece;
        }
    }

    VirtualTime time_;
    UpstreamSettings settings_;
    Stub stub_;
    std::vector<Stub> stubs_;
    std::optional<StubServices> services_;
    Method method_ = Method::get;
    std::string target_ = "/o";
    bool written_ = false;
};

TEST_F(StubExchangeTest, AnswersAfterItsDelay) {
    stub_.status = 404;
    stub_.body = "{}";
    stub_.delay = 30ms;
    const Ended ended = call();
    EXPECT_EQ(ended.failure, std::nullopt);
    EXPECT_EQ(ended.status, 404);
    EXPECT_EQ(ended.body, "{}");
    EXPECT_EQ(ended.took, 30ms);
}

TEST_F(StubExchangeTest, ComesTooLateWhenItTakesAsLongAsItMay) {
    stub_.delay = 100ms;
    EXPECT_EQ(call().failure, FailureKind::read_timeout);
    EXPECT_TRUE(written_);
    stub_.delay = 99ms;
    EXPECT_EQ(call().failure, std::nullopt);
    stub_.delay = 1h;
    const Ended ended = call();
    EXPECT_EQ(ended.failure, FailureKind::read_timeout);
    EXPECT_EQ(ended.took, 100ms);
}

TEST_F(StubExchangeTest, RefusesTheConnection) {
    stub_.fault = StubFault::refused;
    EXPECT_EQ(call().failure, FailureKind::connection_refused);
    EXPECT_FALSE(written_);
    stub_.delay = 1s;
    EXPECT_EQ(call().failure, FailureKind::connect_timeout);
}

TEST_F(StubExchangeTest, ResetsTheConnectionBehindTheRequest) {
    stub_.fault = StubFault::reset;
    stub_.delay = 20ms;
    const Ended ended = call();
    EXPECT_EQ(ended.failure, FailureKind::connection_closed);
    EXPECT_EQ(ended.took, 20ms);
    EXPECT_TRUE(written_);
}

TEST_F(StubExchangeTest, EndsACallThatHasNoStub) {
    target_ = "/other";
    EXPECT_EQ(call().failure, FailureKind::unavailable);
    EXPECT_EQ(services_->unstubbed().size(), 1U);
}

TEST_F(StubExchangeTest, IsCancelledAtOnce) {
    stub_.delay = 50ms;
    const Ended ended =
        call([](AwaitedExchange& exchange) { exchange.cancel(FailureKind::client_gone); });
    EXPECT_EQ(ended.failure, FailureKind::client_gone);
    EXPECT_EQ(ended.took, 0ms);
}

TEST_F(StubExchangeTest, LetsItsDeadlineBeMovedBothWays) {
    stub_.delay = 150ms;
    const auto start = time_.now();
    EXPECT_EQ(call([](AwaitedExchange& e) { e.never_expires(); }).failure, std::nullopt);
    EXPECT_EQ(time_.now() - start, 150ms);
    const Ended ended = call([&](AwaitedExchange& e) { e.expires_at(time_.now() + 10ms); });
    EXPECT_EQ(ended.failure, FailureKind::read_timeout);
    EXPECT_EQ(ended.took, 10ms);
}

TEST_F(StubExchangeTest, IsReadAsStrictlyAsARealAnswer) {
    stub_.body = "123456789";
    EXPECT_EQ(call().failure, FailureKind::response_body_too_large);
    stub_.body = "{}";
    stub_.fields = {{"Content-Encoding", "gzip"}};
    EXPECT_EQ(call().failure, FailureKind::content_coding);
    stub_.fields = {{"X", std::string(9000, 'x')}};
    EXPECT_EQ(call().failure, FailureKind::response_head_too_large);
}

TEST_F(StubExchangeTest, HasNoBodyWhereThereIsNone) {
    stub_.status = 204;
    EXPECT_EQ(call().body, "");
    stub_.status = 200;
    stub_.body = "{}";
    stub_.call = CallName::of(Method::head, "/o").value();
    method_ = Method::head;
    const Ended ended = call();
    EXPECT_EQ(ended.failure, std::nullopt);
    EXPECT_EQ(ended.body, "");
}

TEST_F(StubExchangeTest, TakesABodyThatComesInPieces) {
    stub_.expect.body = weft::TestBody{false, "one two"};
    stubs_ = {stub_};
    services_.emplace(stubs_);
    const StubExchange::Parts parts{time_, *services_, settings_};
    AwaitedExchange exchange{std::make_shared<StubExchange>(parts), time_.executor()};
    bool over = false;
    const auto send = [&]() -> Awaitable<void> {
        ExchangeRequest asked{Method::get, "/o"};
        asked.body_kind = BodyTransfer::streamed;
        co_await exchange.send(std::move(asked));
        co_await exchange.write("one ");
        co_await exchange.write("tw");
        co_await exchange.finish();
    };
    const auto note = [&](const std::exception_ptr&) { over = true; };
    asio::co_spawn(time_.executor(), send(), note);
    EXPECT_TRUE(time_.run_until([&] { return over; }));
    ASSERT_EQ(services_->differences().size(), 1U);
    EXPECT_EQ(services_->differences()[0].difference.got, "\"one tw\"");
}

}  // namespace
}  // namespace weft
