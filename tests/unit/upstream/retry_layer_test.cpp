#include "upstream/retry_layer.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/layer_fixture.hpp"
#include "upstream/retry_budget.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class RetryLayerTest : public LayerFixture {
  protected:
    RetryLayerTest() {
        policy_.statuses = {503};
        make();
    }
    void make() {
        layer_ = with_retries(inner(), policy_, timers_, [this] { return jitter_; });
    }
    void rest() { pass(Timers::tick); }

    RetryPolicy policy_;
    double jitter_ = 0;
};

TEST_F(RetryLayerTest, TriesAgainAfterAConfiguredStatus) {
    const auto call = start();
    end(0, answered(503));
    EXPECT_FALSE(call->end);
    rest();
    ASSERT_EQ(calls_.size(), 2U);
    EXPECT_EQ(calls_[1]->request.target, "/orders/1");
    end(1, answered(200));
    EXPECT_EQ(call->status(), 200);
    EXPECT_EQ(call->record.attempts, 2);
}

TEST_F(RetryLayerTest, GivesTheLastAnswerWhenAttemptsAreUsedUp) {
    const auto call = start();
    end(0, failed(FailureKind::connection_refused));
    rest();
    end(1, answered(503));
    EXPECT_EQ(call->status(), 503);
    EXPECT_EQ(calls_.size(), 2U);
}

TEST_F(RetryLayerTest, TriesAgainAfterALostConnection) {
    for (const auto kind :
         {FailureKind::connection_refused,
          FailureKind::connect_timeout,
          FailureKind::connection_closed,
          FailureKind::response_incomplete}) {
        make();
        calls_.clear();
        const auto call = start();
        end(0, failed(kind));
        rest();
        EXPECT_EQ(calls_.size(), 2U) << traits(kind).proxy_error;
    }
}

TEST_F(RetryLayerTest, DoesNotTryAgainWhatWouldEndTheSame) {
    for (const auto kind :
         {FailureKind::protocol,
          FailureKind::response_body_too_large,
          FailureKind::connection_limit,
          FailureKind::unavailable,
          FailureKind::deadline}) {
        const auto call = start();
        end(calls_.size() - 1, failed(kind));
        EXPECT_EQ(call->failure(), kind);
    }
    for (const int status : {200, 400, 404, 429, 500, 502, 504}) {
        const auto call = start();
        end(calls_.size() - 1, answered(static_cast<std::uint16_t>(status)));
        EXPECT_EQ(call->status(), status);
    }
}

TEST_F(RetryLayerTest, TriesAPostAgainOnlyWithAnIdempotencyKey) {
    for (const auto method : {Method::post, Method::patch}) {
        const auto once = start(request(method));
        end(calls_.size() - 1, failed(FailureKind::connection_closed));
        EXPECT_EQ(once->failure(), FailureKind::connection_closed);
        auto keyed = request(method);
        keyed.has_idempotency_key = true;
        const auto twice = start(std::move(keyed));
        end(calls_.size() - 1, failed(FailureKind::connection_closed));
        EXPECT_FALSE(twice->end);
        rest();
        end(calls_.size() - 1, answered(200));
        EXPECT_EQ(twice->status(), 200);
    }
}

TEST_F(RetryLayerTest, RestsForAPartOfALimitThatDoubles) {
    policy_.attempts = 4;
    policy_.backoff = milliseconds{100};
    make();
    jitter_ = 0.5;
    const auto call = start();
    for (const int limit : {100, 200, 400}) {
        const std::size_t before = calls_.size();
        end(before - 1, answered(503));
        pass(milliseconds{limit / 2 - 1});
        EXPECT_EQ(calls_.size(), before) << limit;
        pass(milliseconds{1} + Timers::tick);
        EXPECT_EQ(calls_.size(), before + 1) << limit;
    }
}

TEST_F(RetryLayerTest, HonoursRetryAfter) {
    auto asked = request();
    asked.deadline = clock_.now() + seconds{10};
    const auto call = start(std::move(asked));
    auto busy = answered(503);
    busy->fields.emplace_back("Retry-After", "2");
    end(0, std::move(busy));
    pass(milliseconds{1999});
    EXPECT_EQ(calls_.size(), 1U);
    pass(milliseconds{1} + Timers::tick);
    EXPECT_EQ(calls_.size(), 2U);
}

TEST_F(RetryLayerTest, GivesUpWhenTheServiceAsksForMoreThanThereIs) {
    for (const auto* when : {"1", "Wed, 21 Oct 2026 07:28:00 GMT", "soon", "99999999999"}) {
        const auto call = start();
        auto busy = answered(503);
        busy->fields.emplace_back("retry-after", when);
        end(calls_.size() - 1, std::move(busy));
        EXPECT_EQ(call->status(), 503) << when;
    }
}

TEST_F(RetryLayerTest, StaysWithinTheOneDeadline) {
    policy_.attempts = 3;
    make();
    const auto call = start();
    const auto deadline = calls_[0]->request.deadline;
    pass(milliseconds{600});
    end(0, answered(503));
    rest();
    EXPECT_EQ(calls_[1]->request.deadline, deadline);
    pass(milliseconds{400});
    end(1, failed(FailureKind::read_timeout));
    EXPECT_EQ(call->failure(), FailureKind::read_timeout);
    EXPECT_EQ(call->record.duration, milliseconds{1000} + Timers::tick);
}

TEST_F(RetryLayerTest, GivesAnAttemptItsOwnTime) {
    policy_.attempt_timeout = milliseconds{100};
    make();
    auto asked = request();
    asked.ends_by_route = true;
    const auto call = start(std::move(asked));
    EXPECT_EQ(calls_[0]->request.deadline, clock_.now() + milliseconds{100});
    EXPECT_FALSE(calls_[0]->request.ends_by_route);
    pass(milliseconds{100});
    end(0, failed(FailureKind::read_timeout));
    pass(milliseconds{850});
    EXPECT_EQ(calls_[1]->request.deadline, clock_.now() + milliseconds{50});
    EXPECT_TRUE(calls_[1]->request.ends_by_route);
}

TEST_F(RetryLayerTest, StopsWhenTheBudgetIsSpent) {
    int retried = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto call = start();
        end(calls_.size() - 1, answered(503));
        if (call->end) continue;
        ++retried;
        rest();
        end(calls_.size() - 1, answered(503));
    }
    EXPECT_GT(retried, 90);
    EXPECT_LE(calls_.size(), 1100U);
}

TEST_F(RetryLayerTest, CancelsTheAttemptThatRuns) {
    const auto call = start();
    end(0, answered(503));
    rest();
    const auto record = call->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_TRUE(calls_[1]->cancelled);
    EXPECT_FALSE(call->call.cancel());
}

TEST_F(RetryLayerTest, MakesNoAttemptOnceItIsCancelledAtRest) {
    const auto call = start();
    end(0, answered(503));
    const auto record = call->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->end, CallEnd::cancelled);
    EXPECT_EQ(record->attempts, 1);
    pass(seconds{1});
    EXPECT_EQ(calls_.size(), 1U);
    EXPECT_FALSE(call->end);
}

TEST_F(RetryLayerTest, LetsACallEndAfterItIsGone) {
    const auto call = start();
    layer_ = {};
    end(0, answered(503));
    EXPECT_EQ(call->status(), 503);
}

}  // namespace
}  // namespace weft
