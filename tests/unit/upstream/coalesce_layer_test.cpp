#include "upstream/coalesce_layer.hpp"

#include <gtest/gtest.h>

#include "unit/upstream/layer_fixture.hpp"
#include "upstream/coalesce_key.hpp"

namespace weft {
namespace {

using std::chrono::milliseconds;

class CoalesceLayerTest : public LayerFixture {
  protected:
    CoalesceLayerTest() { layer_ = coalesced(inner(), place()); }

    CallRequest with_fields(const std::string& lines) const {
        auto asked = request();
        asked.field_lines = lines;
        return asked;
    }
};

TEST_F(CoalesceLayerTest, MakesOneCallOfSeveralAndTellsEach) {
    const auto first = start();
    const auto second = start();
    ASSERT_EQ(calls_.size(), 1U);
    pass(milliseconds{20});
    end(0, answered(200, "[1]"));
    EXPECT_EQ((*first->end)->body, "[1]");
    EXPECT_EQ((*second->end)->body, "[1]");
    EXPECT_EQ(first->record.attempts, 1);
    EXPECT_EQ(second->record.attempts, 0) << "it made none";
    EXPECT_EQ(second->record.duration, milliseconds{20});
}

TEST_F(CoalesceLayerTest, SharesNoAnswerOfBefore) {
    start();
    end(0, answered(200));
    start();
    EXPECT_EQ(calls_.size(), 2U);
}

TEST_F(CoalesceLayerTest, SharesFailures) {
    const auto first = start();
    const auto second = start();
    end(0, failed(FailureKind::connection_refused));
    EXPECT_EQ(first->failure(), FailureKind::connection_refused);
    EXPECT_EQ(second->failure(), FailureKind::connection_refused);
}

TEST_F(CoalesceLayerTest, KeepsApartWhatDiffersInAnyForwardedField) {
    start(with_fields("Authorization: Bearer a\r\nAccept-Language: en\r\n"));
    start(with_fields("Authorization: Bearer b\r\nAccept-Language: en\r\n"));
    start(with_fields("Authorization: Bearer a\r\nAccept-Language: de\r\n"));
    start(with_fields("Accept-Language: en\r\n"));
    start(with_fields(""));
    auto other = request();
    other.target = "/orders/2";
    start(std::move(other));
    auto dropped = request();
    dropped.body_used = false;
    start(std::move(dropped));
    auto without_fields = request();
    without_fields.fields_used = false;
    start(std::move(without_fields));
    EXPECT_EQ(calls_.size(), 8U);
}

TEST_F(CoalesceLayerTest, SharesWhatDiffersOnlyInTheNameOfTheRequest) {
    start(with_fields("Accept: a\r\nX-Request-Id: 1\r\nX-Request-Timeout-Ms: 900\r\n"));
    start(with_fields("Accept: a\r\nX-Request-Id: 2\r\ntraceparent: 00-1\r\n"));
    EXPECT_EQ(calls_.size(), 1U);
}

TEST_F(CoalesceLayerTest, SharesOnlyGets) {
    for (const auto method : {Method::post, Method::head, Method::put}) {
        calls_.clear();
        start(request(method));
        start(request(method));
        EXPECT_EQ(calls_.size(), 2U);
    }
    auto with_body = request();
    with_body.body = "{}";
    EXPECT_FALSE(may_coalesce(with_body));
}

TEST_F(CoalesceLayerTest, GoesOnForOthersWhenOneIsCancelled) {
    const auto first = start();
    const auto second = start();
    const auto record = first->call.cancel();
    ASSERT_TRUE(record);
    EXPECT_EQ(record->end, CallEnd::cancelled);
    EXPECT_EQ(record->upstream, "orders");
    EXPECT_FALSE(calls_[0]->cancelled);
    end(0, answered(200));
    EXPECT_FALSE(first->end);
    EXPECT_EQ(second->status(), 200);
}

TEST_F(CoalesceLayerTest, IsCancelledWhenTheLastHasLeft) {
    const auto first = start();
    const auto second = start();
    first->call.cancel();
    second->call.cancel();
    EXPECT_TRUE(calls_[0]->cancelled);
    start();
    EXPECT_EQ(calls_.size(), 2U) << "nobody joins a cancelled call";
}

TEST_F(CoalesceLayerTest, LetsACompletionCancelAnother) {
    const auto first = start();
    const auto second = start();
    first->then = [&] { EXPECT_TRUE(second->call.cancel()); };
    end(0, answered(200));
    EXPECT_EQ(first->status(), 200);
    EXPECT_FALSE(second->end);
}

TEST_F(CoalesceLayerTest, EndsEachAtItsOwnDeadline) {
    const auto first = start();
    pass(milliseconds{500});
    auto asked = request();
    asked.ends_by_route = true;
    const auto second = start(std::move(asked));
    pass(milliseconds{499});
    EXPECT_FALSE(first->end);
    pass(milliseconds{1} + Timers::tick);
    pass(Timers::tick);
    EXPECT_EQ(first->failure(), FailureKind::read_timeout);
    EXPECT_EQ(first->record.end, CallEnd::unknown);
    EXPECT_FALSE(second->end);
    pass(milliseconds{500});
    pass(Timers::tick);
    EXPECT_EQ(second->failure(), FailureKind::deadline);
    EXPECT_TRUE(calls_[0]->cancelled);
    EXPECT_EQ(calls_.size(), 1U);
}

TEST_F(CoalesceLayerTest, TakesAnAnswerThatCameInTimeThoughTheLoopIsLate) {
    const auto call = start();
    pass(milliseconds{1500});
    EXPECT_FALSE(call->end);
    end(0, answered(200));
    EXPECT_EQ(call->status(), 200);
}

TEST_F(CoalesceLayerTest, JoinsNoCallThatEndsEarlierThanItself) {
    start();
    auto patient = request();
    patient.deadline += milliseconds{1001};
    start(std::move(patient));
    EXPECT_EQ(calls_.size(), 2U);
    start();
    EXPECT_EQ(calls_.size(), 2U);
}

TEST_F(CoalesceLayerTest, LetsCallsEndAfterItIsGone) {
    const auto call = start();
    layer_ = {};
    end(0, answered(200));
    EXPECT_EQ(call->status(), 200);
}

}  // namespace
}  // namespace weft
