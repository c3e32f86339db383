#include <gtest/gtest.h>

#include "unit/upstream/bell.hpp"
#include "unit/upstream/upstream_fixture.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

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

// The event loop does not turn while time passes, so that it hears of the alarm before it hears of
// a socket that was ready long before.
class LateLoop : public UpstreamFixture {
  protected:
    std::shared_ptr<Outcome> asked() {
        auto outcome = start();
        EXPECT_TRUE(run_until([&] { return service_.requests() == 1; }));
        return outcome;
    }
};

TEST_F(LateLoop, AConnectThatEndedInTimeIsNoTimeout) {
    always_answer(answer("1"));
    const auto outcome = start();
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 1; }));
    reach_kernel();
    pass(milliseconds{258});
    EXPECT_EQ(end_of(outcome).body(), "1");
    EXPECT_EQ(upstream_->open_connections(), 1U);
}

TEST_F(LateLoop, AConnectThatWasRefusedInTimeIsARefusal) {
    service_.stop_listening();
    const auto outcome = start();
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 1; }));
    pass(milliseconds{258});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::connection_refused);
}

TEST_F(LateLoop, AnAnswerThatCameInTimeIsTaken) {
    const auto outcome = asked();
    service_.peers[0]->send_through(answer("1"));
    pass(milliseconds{1008});
    EXPECT_EQ(end_of(outcome).body(), "1");
    EXPECT_EQ(upstream_->idle_connections(), 1U);
}

// In one turn of the loop: the deadline, at which the answer is read, and then the word that it is
// there.
TEST_F(LateLoop, AnAnswerThatCameInTimeLeavesAConnectionThatIsUsedAgain) {
    const auto outcome = asked();
    settle();
    const Bell bell{context_, [&] { pass(milliseconds{1008}); }};
    service_.peers[0]->send_through(answer("1"));
    EXPECT_EQ(end_of(outcome).body(), "1");
    EXPECT_EQ(upstream_->idle_connections(), 1U);
    service_.peers[0]->send("x");
    ASSERT_TRUE(run_until([&] { return upstream_->open_connections() == 0; }));
}

TEST_F(LateLoop, TheRestOfAnAnswerThatCameInTimeIsTaken) {
    const auto outcome = asked();
    service_.peers[0]->send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1");
    settle();
    service_.peers[0]->send_through("2");
    pass(milliseconds{1008});
    EXPECT_EQ(end_of(outcome).body(), "12");
}

TEST_F(LateLoop, AnAnswerThatCameInTimeOnlyInPartIsATimeout) {
    const auto outcome = asked();
    service_.peers[0]->send_through("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n1");
    pass(milliseconds{1008});
    EXPECT_EQ(end_of(outcome).failure(), FailureKind::read_timeout);
    EXPECT_EQ(upstream_->open_connections(), 0U);
}

TEST_F(LateLoop, AConnectionThatBecameFreeTooLateIsNotUsed) {
    make_upstream([](UpstreamSettings& settings) { settings.max_connections = 1; });
    const auto first = asked();
    const auto second = start();
    ASSERT_TRUE(run_until([&] { return upstream_->waiting() == 1; }));
    service_.peers[0]->send(answer("1"));
    end_of(first);
    ASSERT_FALSE(second->ended());
    pass(milliseconds{1008});
    EXPECT_EQ(end_of(second).failure(), FailureKind::connect_timeout);
    settle();
    EXPECT_EQ(service_.requests(), 1U);
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

}  // namespace
}  // namespace weft
